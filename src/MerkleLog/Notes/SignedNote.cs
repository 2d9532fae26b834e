using System.Diagnostics.CodeAnalysis;
using System.Text;
using KpGrpc.MerkleLog.Text;

namespace KpGrpc.MerkleLog.Notes;

/// <summary>
/// Text and the signatures under it (c2sp.org/signed-note). Reading one says nothing about who signed: ask
/// <see cref="VerifyBy(NoteVerifier)"/>. Immutable.
/// </summary>
public sealed class SignedNote
{
    private readonly byte[] _textUtf8;

    /// <summary>Makes a note.</summary>
    /// <param name="text">The text, ended by a newline; no control character below U+0020 but newlines.</param>
    /// <param name="signatures">1 to <see cref="NoteLimits.MaxSignatures"/> signatures.</param>
    /// <exception cref="ArgumentException">The text or the number of signatures breaks the rules, or the note is longer than <see cref="NoteLimits.MaxBytes"/>.</exception>
    public SignedNote(string text, params IReadOnlyList<NoteSignature> signatures)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(signatures);
        if (!text.EndsWith('\n') || !NoteText.TryEncode(text, out _textUtf8))
        {
            throw new ArgumentException("A note's text is well-formed Unicode without control characters and ends with a newline.", nameof(text));
        }

        if (signatures.Count is 0 or > NoteLimits.MaxSignatures)
        {
            throw new ArgumentException($"A note has 1 to {NoteLimits.MaxSignatures} signatures, not {signatures.Count}.", nameof(signatures));
        }

        Text = text;
        Signatures = [.. signatures];
        if (ToBytes().Length > NoteLimits.MaxBytes)
        {
            throw new ArgumentException($"A note has at most {NoteLimits.MaxBytes} bytes.", nameof(text));
        }
    }

    /// <summary>The signed text, with its final newline.</summary>
    public string Text { get; }

    /// <summary>The UTF-8 bytes of <see cref="Text"/>: what the signatures are over.</summary>
    public ReadOnlyMemory<byte> TextUtf8 => _textUtf8;

    /// <summary>All signature lines, also those of unknown keys, in their order.</summary>
    public IReadOnlyList<NoteSignature> Signatures { get; }

    /// <summary>The same text with one more signature at the end, as a witness adds its own.</summary>
    /// <exception cref="ArgumentException">The note would exceed a limit.</exception>
    public SignedNote With(NoteSignature signature) => new(Text, [.. Signatures, signature]);

    /// <summary>
    /// Checks the note against one trusted key. Signatures that share only the name or only the key id with it are
    /// ignored, as the specification demands.
    /// </summary>
    /// <returns>
    /// <see cref="NoteCheck.Verified"/> if the key signed; <see cref="NoteCheck.BadSignature"/> if any line that claims
    /// the key's name and id does not verify, whatever other lines say.
    /// </returns>
    public NoteCheck VerifyBy(NoteVerifier verifier) => VerifyBy(verifier, out _);

    /// <inheritdoc cref="VerifyBy(NoteVerifier)"/>
    /// <param name="verifier">The trusted key.</param>
    /// <param name="signature">The first line that verified, if all lines of the key did.</param>
    public NoteCheck VerifyBy(NoteVerifier verifier, out NoteSignature? signature)
    {
        ArgumentNullException.ThrowIfNull(verifier);
        signature = null;
        NoteSignature? first = null;
        foreach (var candidate in Signatures)
        {
            if (candidate.KeyId != verifier.KeyId || candidate.Name != verifier.Name)
            {
                continue;
            }

            if (!verifier.Verify(_textUtf8, candidate.Signature.Span))
            {
                return NoteCheck.BadSignature;
            }

            first ??= candidate;
        }

        signature = first;
        return first is null ? NoteCheck.NotSigned : NoteCheck.Verified;
    }

    /// <summary>The note in its wire form, UTF-8.</summary>
    public byte[] ToBytes() => NoteText.Encode(ToString());

    /// <summary>The note in its wire form.</summary>
    public override string ToString()
    {
        var note = new StringBuilder(Text).Append('\n');
        foreach (var signature in Signatures)
        {
            note.Append(signature).Append('\n');
        }

        return note.ToString();
    }

    /// <summary>Reads a note in its wire form; <see cref="ToBytes"/> of the result gives the same bytes.</summary>
    /// <param name="utf8">The whole note and nothing else.</param>
    /// <param name="note">The note, if it is well formed.</param>
    /// <param name="fault">What is wrong with it, if it is not.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out SignedNote? note, [NotNullWhen(false)] out string? fault)
    {
        note = null;
        if (utf8.Length > NoteLimits.MaxBytes)
        {
            fault = $"The note is longer than {NoteLimits.MaxBytes} bytes.";
            return false;
        }

        if (!NoteText.TryDecode(utf8, out var whole))
        {
            fault = "The note is not valid UTF-8 or holds a control character.";
            return false;
        }

        var blankLine = whole.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (blankLine < 0)
        {
            fault = "The note has no blank line before its signatures.";
            return false;
        }

        if (!TryParseSignatures(whole.AsSpan(blankLine + 2), out var signatures, out fault))
        {
            return false;
        }

        note = new SignedNote(whole[..(blankLine + 1)], signatures);
        return true;
    }

    private static bool TryParseSignatures(
        ReadOnlySpan<char> text, out List<NoteSignature> signatures, [NotNullWhen(false)] out string? fault)
    {
        signatures = [];
        var lines = new LineCursor(text);
        while (lines.TryRead(out var line))
        {
            if (signatures.Count == NoteLimits.MaxSignatures)
            {
                fault = $"The note has more than {NoteLimits.MaxSignatures} signatures.";
                return false;
            }

            if (!NoteSignature.TryParse(line, out var signature))
            {
                fault = $"Signature line {signatures.Count + 1} of the note is malformed.";
                return false;
            }

            signatures.Add(signature);
        }

        fault = !lines.Rest.IsEmpty ? "The note does not end with a newline."
            : signatures.Count == 0 ? "The note has no signature."
            : null;
        return fault is null;
    }
}
