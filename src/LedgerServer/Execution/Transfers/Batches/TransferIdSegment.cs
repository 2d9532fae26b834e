namespace KpGrpc.LedgerServer.Execution.Transfers.Batches;

/// <summary>A part of the transfer ids: open addressing with linear probing in one array of values.</summary>
internal sealed class TransferIdSegment
{
    private const int FirstSlots = 16;

    private TransferIdEntry[] _slots = new TransferIdEntry[FirstSlots];
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
        for (var at = First(hash, slots.Length); ; at = at + 1 == slots.Length ? 0 : at + 1)
        {
            entry = slots[at];
            if (entry.IsEmpty)
            {
                return false;
            }

            if (entry.Is(organization, high, low))
            {
                return true;
            }
        }
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

    /// <summary>Makes room for a number of entries.</summary>
    public void Reserve(int count)
    {
        if (count * 4L > _slots.Length * 3L)
        {
            Grow(checked((int)(count * 3L / 2)));
        }
    }

    /// <summary>
    /// Takes what is there now without copying it: entries never change and never leave their array, so whoever reads
    /// the array later leaves out those of younger receipts, also half-written ones: the word that tells is never torn.
    /// </summary>
    /// <returns>Gives the entries that were there, sorted by id and organisation; callable once, from any thread.</returns>
    public Func<TransferIdEntry[]> Capture()
    {
        var (slots, count, newest) = (_slots, Count, _newest);
        return () =>
        {
            var entries = new TransferIdEntry[count];
            var at = 0;
            for (var slot = 0; slot < slots.Length && at < count; slot++)
            {
                var entry = slots[slot];
                if (!entry.IsEmpty && entry.Sequence <= newest)
                {
                    entries[at++] = entry;
                }
            }

            Array.Sort(entries, TransferIdEntry.Compare);
            return entries;
        };
    }

    private void Grow(int length)
    {
        var grown = new TransferIdEntry[length];
        foreach (var entry in _slots)
        {
            if (!entry.IsEmpty)
            {
                Insert(grown, EntryHash.OfId(entry.Organization, entry.High, entry.Low), entry);
            }
        }

        _slots = grown;
    }

    private static void Insert(TransferIdEntry[] slots, ulong hash, in TransferIdEntry entry)
    {
        var at = First(hash, slots.Length);
        while (!slots[at].IsEmpty)
        {
            at = at + 1 == slots.Length ? 0 : at + 1;
        }

        slots[at] = entry;
    }

    // The top byte has chosen the segment; the rest is scaled to the length, which is no power of two.
    private static int First(ulong hash, int length) => (int)Math.BigMul(hash << TransferIdTable.SegmentBits, (ulong)length, out _);
}
