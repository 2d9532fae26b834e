using System.Diagnostics.CodeAnalysis;
using System.Text;
using KpGrpc.MerkleLog.Checkpoints;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.MerkleLog.Text;

namespace KpGrpc.MerkleLog.Proofs;

/// <summary>
/// A receipt's proof as a file: index, inclusion proof and signed checkpoint, to be checked without asking anybody
/// (c2sp.org/tlog-proof, extension <c>.tlog-proof</c>). Reading one proves nothing: see
/// <see cref="Verification.ReceiptVerifier"/>. Immutable.
/// </summary>
public sealed class TlogProof
{
    /// <summary>Most bytes of extra data.</summary>
    public const int MaxExtraBytes = 65_536;

    /// <summary>Longest file in bytes: the longest checkpoint, the most extra data, the most hashes, and room for the rest.</summary>
    public const int MaxBytes = NoteLimits.MaxBytes + 100_000;

    private const string Header = "c2sp.org/tlog-proof@v1";
    private const string ExtraPrefix = "extra ";
    private const string IndexPrefix = "index ";
    private readonly byte[] _extra;

    /// <summary>Puts a proof together.</summary>
    /// <param name="index">Zero-based position of the leaf.</param>
    /// <param name="hashes">Inclusion proof in the checkpoint's tree, from the leaf's sibling upwards.</param>
    /// <param name="checkpoint">The log's checkpoint, with any cosignatures.</param>
    /// <param name="extra">Opaque data that nothing authenticates; empty for none.</param>
    /// <exception cref="ArgumentException">The index is above the limit, or there are too many hashes or too much extra data.</exception>
    public TlogProof(ulong index, IReadOnlyList<Hash256> hashes, SignedCheckpoint checkpoint, ReadOnlySpan<byte> extra = default)
    {
        ArgumentNullException.ThrowIfNull(hashes);
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, TreeLimits.MaxSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hashes.Count, TreeLimits.MaxInclusionHashes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(extra.Length, MaxExtraBytes);
        Index = index;
        Hashes = [.. hashes];
        Checkpoint = checkpoint;
        _extra = extra.ToArray();
    }

    /// <summary>Zero-based position of the leaf.</summary>
    public ulong Index { get; }

    /// <summary>The inclusion proof, 0 to 63 hashes, from the leaf's sibling upwards (RFC 6962 section 2.1.1).</summary>
    public IReadOnlyList<Hash256> Hashes { get; }

    /// <summary>The checkpoint that the proof leads to.</summary>
    public SignedCheckpoint Checkpoint { get; }

    /// <summary>Opaque data; empty for none. Nothing authenticates it.</summary>
    public ReadOnlyMemory<byte> Extra => _extra;

    /// <summary>The file's bytes, UTF-8.</summary>
    public byte[] ToBytes() => NoteText.Encode(ToString());

    /// <summary>The file's text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Header).Append('\n');
        if (_extra.Length != 0)
        {
            text.Append(ExtraPrefix).Append(Convert.ToBase64String(_extra)).Append('\n');
        }

        text.Append(IndexPrefix).Append(StrictDecimal.Format(Index)).Append('\n');
        foreach (var hash in Hashes)
        {
            text.Append(hash.ToBase64()).Append('\n');
        }

        return text.Append('\n').Append(Checkpoint).ToString();
    }

    /// <summary>Reads a file; <see cref="ToBytes"/> of the result gives the same bytes.</summary>
    /// <param name="utf8">The whole file and nothing else.</param>
    /// <param name="proof">The proof, if the file is well formed.</param>
    /// <param name="fault">What is wrong with it, if it is not.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out TlogProof? proof, [NotNullWhen(false)] out string? fault)
    {
        proof = null;
        if (utf8.Length > MaxBytes)
        {
            fault = $"The proof is longer than {MaxBytes} bytes.";
            return false;
        }

        if (!NoteText.TryDecode(utf8, out var text))
        {
            fault = "The proof is not valid UTF-8 or holds a control character.";
            return false;
        }

        var lines = new LineCursor(text);
        if (!lines.TryRead(out var header) || !header.SequenceEqual(Header))
        {
            fault = $"The proof does not start with the line {Header}.";
            return false;
        }

        if (!TryParseIndex(ref lines, out var index, out var extra, out fault)
            || !TryParseHashes(ref lines, out var hashes, out fault)
            || !SignedCheckpoint.TryParse(NoteText.Encode(lines.Rest.ToString()), out var checkpoint, out fault))
        {
            return false;
        }

        proof = new TlogProof(index, hashes, checkpoint, extra);
        return true;
    }

    private static bool TryParseIndex(
        ref LineCursor lines, out ulong index, out byte[] extra, [NotNullWhen(false)] out string? fault)
    {
        index = 0;
        extra = [];
        var found = lines.TryRead(out var line);
        if (found && line.StartsWith(ExtraPrefix))
        {
            if (!StrictBase64.TryDecode(line[ExtraPrefix.Length..], out extra) || extra.Length is 0 or > MaxExtraBytes)
            {
                fault = $"The proof's extra line is not base64 of 1 to {MaxExtraBytes} bytes.";
                return false;
            }

            found = lines.TryRead(out line);
        }

        if (!found
            || !line.StartsWith(IndexPrefix)
            || !StrictDecimal.TryParse(line[IndexPrefix.Length..], TreeLimits.MaxSize, out index))
        {
            fault = "The proof has no line with the leaf's index.";
            return false;
        }

        fault = null;
        return true;
    }

    private static bool TryParseHashes(
        ref LineCursor lines, out List<Hash256> hashes, [NotNullWhen(false)] out string? fault)
    {
        hashes = [];
        while (lines.TryRead(out var line))
        {
            if (line.IsEmpty)
            {
                fault = null;
                return true;
            }

            if (hashes.Count == TreeLimits.MaxInclusionHashes)
            {
                fault = $"The proof has more than {TreeLimits.MaxInclusionHashes} hashes.";
                return false;
            }

            if (!Hash256.TryFromBase64(line, out var hash))
            {
                fault = $"Hash {hashes.Count + 1} of the proof is not a SHA-256 hash in base64.";
                return false;
            }

            hashes.Add(hash);
        }

        fault = "The proof ends before its checkpoint.";
        return false;
    }
}
