namespace KpGrpc.LedgerServer.Execution.Snapshots;

/// <summary>
/// Remembers recent strings, so that equal ones become one object; a cache of fixed size that changes no result. Safe
/// from any thread: a slot is read and replaced as a whole.
/// </summary>
internal static class StringPool
{
    private const int SlotCount = 1 << 14;
    private const int LengthMax = 64;

    private static readonly string?[] Slots = new string?[SlotCount];

    /// <summary>An equal string that was seen before, else this one.</summary>
    public static string Share(string text)
    {
        if (text.Length > LengthMax)
        {
            return text;
        }

        ref var slot = ref Slots[text.GetHashCode(StringComparison.Ordinal) & (SlotCount - 1)];
        var seen = Volatile.Read(ref slot);
        if (seen is not null && string.Equals(seen, text, StringComparison.Ordinal))
        {
            return seen;
        }

        Volatile.Write(ref slot, text);
        return text;
    }
}
