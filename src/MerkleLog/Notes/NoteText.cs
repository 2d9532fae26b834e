using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace KpGrpc.MerkleLog.Notes;

/// <summary>The character rules of c2sp.org/signed-note, section "Format".</summary>
internal static class NoteText
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly SearchValues<byte> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(unit => (byte)unit).Where(unit => unit != '\n')]);

    /// <summary>Reads bytes that must be valid UTF-8 without control characters below U+0020 but the newline.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> utf8, out string text)
    {
        if (!Utf8.IsValid(utf8) || HasControl(utf8))
        {
            text = "";
            return false;
        }

        text = StrictUtf8.GetString(utf8);
        return true;
    }

    /// <summary>Writes text by the same rules.</summary>
    public static bool TryEncode(string text, out byte[] utf8)
    {
        utf8 = [];
        if (!IsWellFormed(text))
        {
            return false;
        }

        var bytes = StrictUtf8.GetBytes(text);
        if (HasControl(bytes))
        {
            return false;
        }

        utf8 = bytes;
        return true;
    }

    /// <summary>Key names are not empty and hold no Unicode space, no plus sign and no control character.</summary>
    public static bool IsKeyName(string name)
    {
        if (name.Length == 0 || !IsWellFormed(name))
        {
            return false;
        }

        foreach (var character in name)
        {
            if (character is '+' or < ' ' || char.IsWhiteSpace(character))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>UTF-8 of a string that is known to be well formed.</summary>
    public static byte[] Encode(string wellFormed) => StrictUtf8.GetBytes(wellFormed);

    private static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        // Hardly any text has surrogates, and a scan for them is much faster than decoding.
        while (text.IndexOfAnyInRange('\ud800', '\udfff') is >= 0 and var next)
        {
            text = text[next..];
            if (Rune.DecodeFromUtf16(text, out _, out var consumed) != OperationStatus.Done)
            {
                return false;
            }

            text = text[consumed..];
        }

        return true;
    }

    private static bool HasControl(ReadOnlySpan<byte> utf8) => utf8.ContainsAny(Controls);
}
