using KpGrpc.LedgerServer.Execution.Snapshots;

namespace KpGrpc.LedgerServer.Execution.Transfers.Batches;

/// <summary>
/// Every transfer id of batches that was ever executed, made or refused, with its first outcome. In segments, so that
/// growth copies a 256th and never everything at once.
/// </summary>
internal sealed class TransferIdTable : IStateTable
{
    /// <summary>Bits of the hash that choose the segment.</summary>
    public const int SegmentBits = 8;

    private readonly TransferIdSegment[] _segments =
        [.. Enumerable.Range(0, 1 << SegmentBits).Select(_ => new TransferIdSegment())];

    /// <summary>Number of ids.</summary>
    public long Count { get; private set; }

    /// <summary>All entries, in an order that follows from them alone.</summary>
    public IEnumerable<TransferIdEntry> All => _segments.SelectMany(segment => segment.Capture()());

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

    // Each segment sorted, because the places within it depend on how it grew.
    void IStateTable.Save(StateWriter writer)
    {
        foreach (var segment in _segments)
        {
            var entries = segment.Capture();
            writer.Compact(output =>
            {
                var sorted = entries();
                output.Write(sorted.Length);
                foreach (ref readonly var entry in sorted.AsSpan())
                {
                    output.Write(entry.High);
                    output.Write(entry.Low);
                    output.Write(entry.BodyHash);
                    output.Write(entry.Packed);
                }
            });
        }
    }

    void IStateTable.Load(StateReader reader)
    {
        var input = reader.Compact;
        foreach (var segment in _segments)
        {
            var count = input.ReadInt32();
            segment.Reserve(count);
            Count += count;
            for (; count > 0; count--)
            {
                var entry = new TransferIdEntry(input.ReadUInt64(), input.ReadUInt64(), input.ReadUInt64(), input.ReadUInt64());
                segment.Add(EntryHash.OfId(entry.Organization, entry.High, entry.Low), entry);
            }
        }
    }
}
