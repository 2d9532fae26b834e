namespace KpGrpc.MerkleLog.Text;

/// <summary>
/// Standard base64 (RFC 4648 section 4) in its one canonical form: padded, no white space, unused bits zero. With any
/// laxer reading two different texts would mean the same bytes, and a changed proof would still verify.
/// </summary>
internal static class StrictBase64
{
    public static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = [];
        if (text.Length % 4 != 0)
        {
            return false;
        }

        var padding = text.EndsWith("==") ? 2 : text.EndsWith("=") ? 1 : 0;
        var buffer = new byte[text.Length / 4 * 3 - padding];
        if (!TryDecodeExact(text, buffer))
        {
            return false;
        }

        bytes = buffer;
        return true;
    }

    /// <summary>Decodes a text that must stand for exactly as many bytes as <paramref name="bytes"/> holds.</summary>
    public static bool TryDecodeExact(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        if (text.Length != (bytes.Length + 2) / 3 * 4
            || text.ContainsAny(" \t\r\n")
            || !Convert.TryFromBase64Chars(text, bytes, out var written)
            || written != bytes.Length)
        {
            return false;
        }

        var rest = bytes.Length % 3;
        if (rest == 0)
        {
            return true;
        }

        // The last group carries bits beyond the last byte: they must be as an encoder writes them.
        Span<char> lastGroup = stackalloc char[4];
        return Convert.TryToBase64Chars(bytes[^rest..], lastGroup, out _) && text[^4..].SequenceEqual(lastGroup);
    }
}
