namespace KpGrpc.LedgerServer.Execution.Snapshots;

/// <summary>
/// Collects what one table saves. Collecting copies references only and is over within the pause between two commits;
/// encoding is done later, on another thread, by <see cref="StateImage.WriteTo"/>.
/// </summary>
internal sealed class StateWriter
{
    private readonly List<Action<BinaryWriter>> _parts = [];

    /// <summary>Saves immutable records in the order given.</summary>
    /// <param name="records">The records; enumerated before this returns.</param>
    public void Records<T>(IEnumerable<T> records)
    {
        var captured = records.ToArray();
        _parts.Add(output => RecordCodec.Write(output, captured));
    }

    /// <summary>Saves immutable records of an unordered collection in the order of a comparison that never gives 0.</summary>
    /// <param name="records">The records; enumerated before this returns, sorted later.</param>
    /// <param name="order">A total order.</param>
    public void Records<T>(IEnumerable<T> records, Comparison<T> order)
    {
        var captured = records.ToArray();
        _parts.Add(output =>
        {
            Array.Sort(captured, order);
            RecordCodec.Write(output, captured);
        });
    }

    /// <summary>Saves a table that is too large or too often changed for records, in its own compact form.</summary>
    /// <param name="encode">
    /// Writes it; called later and on another thread, so it may touch only what nobody changes any more: copies, or
    /// the part of an append-only list that was there.
    /// </param>
    public void Compact(Action<BinaryWriter> encode) => _parts.Add(encode);

    internal void WriteTo(BinaryWriter output)
    {
        foreach (var part in _parts)
        {
            part(output);
        }
    }
}
