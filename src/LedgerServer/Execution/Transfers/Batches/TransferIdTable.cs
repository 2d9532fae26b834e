using KpGrpc.LedgerServer.Execution.Snapshots;

namespace KpGrpc.LedgerServer.Execution.Transfers.Batches;

/// <summary>
/// Every transfer id of batches that was ever executed, made or refused, with its first outcome. In segments, so that
/// growth copies a 256th; they begin with lengths that differ by up to the quarter that a growth adds, because segments
/// fill evenly and would all grow within the same few commits.
/// </summary>
internal sealed class TransferIdTable : IStateTable
{
    /// <summary>Bits of the hash that choose the segment.</summary>
    public const int SegmentBits = 8;

    private readonly TransferIdSegment[] _segments =
        [.. Enumerable.Range(0, 1 << SegmentBits).Select(i => new TransferIdSegment(TransferIdSegment.SlotsMin + (i * TransferIdSegment.SlotsMin / 4 >> SegmentBits)))];

    /// <summary>Number of ids.</summary>
    public long Count { get; private set; }

    /// <summary>All entries, in an order that follows from them and the order in which they came.</summary>
    public IEnumerable<TransferIdEntry> All => _segments.SelectMany(segment => segment.All);

    /// <summary>The first outcome under an organisation's id.</summary>
    /// <param name="organization">Ordinal of the organisation.</param>
    /// <param name="id">The transfer's id.</param>
    /// <param name="entry">The entry, or an empty one.</param>
    public bool TryFind(uint organization, UInt128 id, out TransferIdEntry entry)
    {
        var (high, low) = ((ulong)(id >> 64), (ulong)id);
        var hash = EntryHash.OfId(organization, high, low);
        return _segments[hash >> (64 - SegmentBits)].TryFind(hash, organization, high, low, out entry);
    }

    /// <summary>Remembers the first outcome under an id that is new.</summary>
    internal void Add(in TransferIdEntry entry)
    {
        var hash = EntryHash.OfId(entry.Organization, entry.High, entry.Low);
        _segments[hash >> (64 - SegmentBits)].Add(hash, entry);
        Count++;
    }

    string IStateTable.Name => "transfer-ids";

    void IStateTable.Save(StateWriter writer)
    {
        foreach (var segment in _segments)
        {
            writer.Compact(segment.Capture());
        }
    }

    void IStateTable.Load(StateReader reader)
    {
        foreach (var segment in _segments)
        {
            segment.Load(reader.Compact);
            Count += segment.Count;
        }
    }
}
