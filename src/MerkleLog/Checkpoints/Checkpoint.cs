using System.Diagnostics.CodeAnalysis;
using System.Text;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.MerkleLog.Text;

namespace KpGrpc.MerkleLog.Checkpoints;

/// <summary>What a log states about its tree at one size (c2sp.org/tlog-checkpoint, section "Note text"). Immutable.</summary>
public sealed class Checkpoint
{
    /// <summary>Makes a checkpoint.</summary>
    /// <param name="origin">Identity of the log, such as <c>example.com/ledger</c>: one non-empty line.</param>
    /// <param name="size">Number of leaves, at most <see cref="TreeLimits.MaxSize"/>.</param>
    /// <param name="root">Root of the tree of that size.</param>
    /// <param name="extensions">Further lines, each non-empty; the specification advises against any.</param>
    /// <exception cref="ArgumentException">A line is empty, holds a control character, or the size is above the limit.</exception>
    public Checkpoint(string origin, ulong size, Hash256 root, params IReadOnlyList<string> extensions)
    {
        ArgumentNullException.ThrowIfNull(origin);
        ArgumentNullException.ThrowIfNull(extensions);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, TreeLimits.MaxSize);
        if (!IsLine(origin) || !extensions.All(IsLine))
        {
            throw new ArgumentException("The origin and every extension are one non-empty line without control characters.");
        }

        Origin = origin;
        Size = size;
        Root = root;
        Extensions = [.. extensions];
    }

    /// <summary>Identity of the log.</summary>
    public string Origin { get; }

    /// <summary>Number of leaves.</summary>
    public ulong Size { get; }

    /// <summary>RFC 6962 root of the tree of <see cref="Size"/> leaves.</summary>
    public Hash256 Root { get; }

    /// <summary>Lines after the third: opaque, and vouched for by the log alone, never by witnesses.</summary>
    public IReadOnlyList<string> Extensions { get; }

    /// <summary>The note text, every line ended by a newline.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(Origin).Append('\n').Append(StrictDecimal.Format(Size)).Append('\n').Append(Root.ToBase64()).Append('\n');
        foreach (var extension in Extensions)
        {
            text.Append(extension).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Reads a note's text; <see cref="ToString"/> of the result gives the same text.</summary>
    /// <param name="noteText">The text with its final newline.</param>
    /// <param name="checkpoint">The checkpoint, if the text is one.</param>
    /// <param name="fault">What is wrong with it, if it is not.</param>
    public static bool TryParse(
        string noteText, [NotNullWhen(true)] out Checkpoint? checkpoint, [NotNullWhen(false)] out string? fault)
    {
        checkpoint = null;
        var lines = new LineCursor(noteText);
        if (!lines.TryRead(out var origin) || !IsLine(origin.ToString()))
        {
            fault = "The checkpoint has no origin line.";
            return false;
        }

        if (!lines.TryRead(out var sizeLine) || !StrictDecimal.TryParse(sizeLine, TreeLimits.MaxSize, out var size))
        {
            fault = "The checkpoint's second line is not a tree size.";
            return false;
        }

        if (!lines.TryRead(out var rootLine) || !Hash256.TryFromBase64(rootLine, out var root))
        {
            fault = "The checkpoint's third line is not a root hash in base64.";
            return false;
        }

        var extensions = new List<string>();
        while (lines.TryRead(out var line))
        {
            extensions.Add(line.ToString());
        }

        if (!lines.Rest.IsEmpty || !extensions.All(IsLine))
        {
            fault = "The checkpoint has an empty or unfinished extension line.";
            return false;
        }

        checkpoint = new Checkpoint(origin.ToString(), size, root, extensions);
        fault = null;
        return true;
    }

    private static bool IsLine(string line) =>
        line.Length != 0 && !line.Contains('\n', StringComparison.Ordinal) && NoteText.TryEncode(line, out _);
}
