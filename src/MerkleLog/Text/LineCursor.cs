namespace KpGrpc.MerkleLog.Text;

/// <summary>Walks through text whose every line ends with U+000A.</summary>
internal ref struct LineCursor(ReadOnlySpan<char> text)
{
    /// <summary>What has not been read yet.</summary>
    public ReadOnlySpan<char> Rest { get; private set; } = text;

    /// <summary>Takes the next line without its newline; false if none that is ended is left.</summary>
    public bool TryRead(out ReadOnlySpan<char> line)
    {
        var end = Rest.IndexOf('\n');
        if (end < 0)
        {
            line = default;
            return false;
        }

        line = Rest[..end];
        Rest = Rest[(end + 1)..];
        return true;
    }
}
