using System.Runtime.InteropServices;

namespace KpGrpc.LedgerServer.Execution.Transfers.Batches;

/// <summary>
/// A part of the transfer ids: open addressing with linear probing in slots that follow each other. Where an entry stands
/// follows from the entries and their order alone, so that the slots are saved and loaded as they are, in the byte order of
/// the machine (little-endian wherever .NET runs on servers).
/// </summary>
/// <param name="firstSlots">Slots to begin with, at least <see cref="SlotsMin"/>; other ones make a segment grow at another time.</param>
internal sealed class TransferIdSegment(int firstSlots)
{
    /// <summary>Fewest slots.</summary>
    public const int SlotsMin = 64;

    private SlotMemory _slots = new(firstSlots);
    private ulong _newest;

    /// <summary>Number of entries.</summary>
    public int Count { get; private set; }

    /// <summary>Finds an entry.</summary>
    /// <param name="hash">As <see cref="EntryHash.OfId"/> makes it.</param>
    /// <param name="organization">Ordinal of the organisation.</param>
    /// <param name="high">Upper half of the id.</param>
    /// <param name="low">Lower half of the id.</param>
    /// <param name="entry">The entry, or an empty one.</param>
    public bool TryFind(ulong hash, uint organization, ulong high, ulong low, out TransferIdEntry entry)
    {
        var slots = _slots;
        var at = First(hash, slots.Length);
        for (entry = slots[at]; !entry.IsEmpty && !entry.Is(organization, high, low); entry = slots[at])
        {
            at = at + 1 == slots.Length ? 0 : at + 1;
        }

        GC.KeepAlive(slots);
        return !entry.IsEmpty;
    }

    /// <summary>Adds an entry that is not there yet.</summary>
    public void Add(ulong hash, in TransferIdEntry entry)
    {
        // At three quarters a search looks at eight slots or so; growing by a quarter keeps the memory near what is used.
        if ((Count + 1) * 4L > _slots.Length * 3L)
        {
            Grow(_slots.Length + (_slots.Length / 4));
        }

        Insert(_slots, hash, entry);
        Count++;
        _newest = Math.Max(_newest, entry.Sequence);
    }

    /// <summary>All entries, in the order of their slots.</summary>
    public IEnumerable<TransferIdEntry> All
    {
        get
        {
            var slots = _slots;
            return Enumerable.Range(0, slots.Length).Select(at => slots[at]).Where(slot => !slot.IsEmpty);
        }
    }

    /// <summary>
    /// Takes what is there now without copying it: entries never change and never leave their slot, so whoever reads the
    /// slots later leaves out those of younger receipts, also half-written ones: the word that tells is never torn.
    /// </summary>
    /// <returns>Writes the slots as they were, u32 number of them, 32 bytes each; called once, from any thread.</returns>
    public Action<BinaryWriter> Capture()
    {
        var (captured, newest) = (_slots.Share(), _newest);
        return output =>
        {
            output.Write(captured.Length);
            Span<TransferIdEntry> copied = stackalloc TransferIdEntry[SlotMemory.BlockSlots];
            for (var block = 0; block < captured.Blocks; block++)
            {
                var slots = captured.Block(block);
                for (var i = 0; i < slots.Length; i++)
                {
                    var entry = slots[i];
                    copied[i] = entry.Sequence <= newest ? entry : default;
                }

                output.Write(MemoryMarshal.AsBytes(copied[..slots.Length]));
            }

            captured.Release();
        };
    }

    /// <summary>Puts back what <see cref="Capture"/> wrote; in place of what is there.</summary>
    /// <exception cref="InvalidDataException">These are no slots of a segment.</exception>
    public void Load(BinaryReader input)
    {
        var length = input.ReadInt32();
        var left = input.BaseStream.Length - input.BaseStream.Position;
        if (length < SlotsMin || length > left / Marshal.SizeOf<TransferIdEntry>())
        {
            throw new InvalidDataException($"a segment of transfer ids claims {length} slots");
        }

        Replace(new SlotMemory(length));
        (Count, _newest) = (0, 0);
        for (var block = 0; block < _slots.Blocks; block++)
        {
            var slots = _slots.Block(block);
            input.BaseStream.ReadExactly(MemoryMarshal.AsBytes(slots));
            foreach (ref readonly var slot in slots)
            {
                Count += slot.IsEmpty ? 0 : 1;
                _newest = Math.Max(_newest, slot.Sequence);
            }
        }

        if (Count * 4L > length * 3L)
        {
            throw new InvalidDataException($"a segment of transfer ids has {Count} entries in {length} slots");
        }
    }

    private void Grow(int length)
    {
        var grown = new SlotMemory(length);
        for (var block = 0; block < _slots.Blocks; block++)
        {
            foreach (ref readonly var entry in _slots.Block(block))
            {
                if (!entry.IsEmpty)
                {
                    Insert(grown, EntryHash.OfId(entry.Organization, entry.High, entry.Low), entry);
                }
            }
        }

        Replace(grown);
    }

    private void Replace(SlotMemory slots)
    {
        _slots.Release();
        _slots = slots;
    }

    private static void Insert(SlotMemory slots, ulong hash, in TransferIdEntry entry)
    {
        var at = First(hash, slots.Length);
        while (!slots[at].IsEmpty)
        {
            at = at + 1 == slots.Length ? 0 : at + 1;
        }

        slots[at] = entry;
        GC.KeepAlive(slots);
    }

    // The top byte has chosen the segment; the rest is scaled to the length, which is no power of two.
    private static int First(ulong hash, int length) => (int)Math.BigMul(hash << TransferIdTable.SegmentBits, (ulong)length, out _);
}
