using KpGrpc.LedgerServer.Execution.Snapshots;
using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution;

/// <summary>
/// Every ordered command by organisation and idempotency key, accepted or rejected. The entries stand in the order of
/// their sequences, which is dense, in chunks that never change behind their end: a snapshot takes them without copying.
/// An index of their places finds them; nobody enumerates it, so its order does not matter.
/// </summary>
internal sealed class IdempotencyTable : IStateTable
{
    private const int ChunkEntries = 4096;
    private const int IndexMin = 1024;

    private readonly List<Entry[]> _chunks = [];

    // Place + 1 of an entry, 0 for none; a power of two long, at most three quarters full.
    private int[] _index = new int[IndexMin];

    /// <summary>Number of entries; equals the number of commands executed.</summary>
    public int Count { get; private set; }

    /// <summary>The first command under the key; null where there was none.</summary>
    public IdempotencyEntry? Find(string organizationId, IdempotencyKey key)
    {
        var place = _index[Slot(organizationId, key)] - 1;
        return place < 0 ? null : new IdempotencyEntry((ulong)place, EntryAt(place).PayloadHash);
    }

    /// <summary>Remembers the first command under a key that is new.</summary>
    /// <param name="command">The command.</param>
    /// <param name="sequence">Its place: the number of commands before it.</param>
    internal void Add(Command command, ulong sequence)
    {
        if (sequence != (ulong)Count)
        {
            throw new InvalidOperationException($"The command at sequence {sequence} follows {Count} commands.");
        }

        if (!TryAdd(new Entry(command.OrganizationId, command.IdempotencyKey, command.PayloadHash)))
        {
            throw new InvalidOperationException($"The command at sequence {sequence} has an idempotency key that is not new.");
        }
    }

    private bool TryAdd(Entry entry)
    {
        if ((Count + 1) * 4L > _index.Length * 3L)
        {
            Grow();
        }

        var slot = Slot(entry.OrganizationId, entry.Key);
        if (_index[slot] != 0)
        {
            return false;
        }

        if (Count % ChunkEntries == 0)
        {
            _chunks.Add(new Entry[ChunkEntries]);
        }

        _chunks[^1][Count % ChunkEntries] = entry;
        Count++;
        _index[slot] = Count;
        return true;
    }

    private void Grow()
    {
        _index = new int[checked(_index.Length * 2)];
        for (var place = 0; place < Count; place++)
        {
            ref readonly var entry = ref EntryAt(place);
            _index[Slot(entry.OrganizationId, entry.Key)] = place + 1;
        }
    }

    // Where the key stands in the index, or the empty slot where it would stand.
    private int Slot(string organizationId, IdempotencyKey key)
    {
        var at = First(organizationId, key);
        while (_index[at] != 0 && !Stands(_index[at] - 1, organizationId, key))
        {
            at = (at + 1) & (_index.Length - 1);
        }

        return at;
    }

    private bool Stands(int place, string organizationId, IdempotencyKey key)
    {
        ref readonly var entry = ref EntryAt(place);
        return entry.Key == key && string.Equals(entry.OrganizationId, organizationId, StringComparison.Ordinal);
    }

    // Seeded by the process, so that nobody can choose keys that meet.
    private int First(string organizationId, IdempotencyKey key) => HashCode.Combine(organizationId, key) & (_index.Length - 1);

    private ref readonly Entry EntryAt(int place) => ref _chunks[place / ChunkEntries][place % ChunkEntries];

    string IStateTable.Name => "idempotency";

    // One entry a command: in a compact form, organisation, key, payload hash, in the order of the sequence.
    void IStateTable.Save(StateWriter writer)
    {
        var (chunks, count) = (_chunks.ToArray(), Count);
        writer.Compact(output =>
        {
            output.Write(count);
            for (var place = 0; place < count; place++)
            {
                ref readonly var entry = ref chunks[place / ChunkEntries][place % ChunkEntries];
                output.Write(entry.OrganizationId);
                output.Write(entry.Key.ToBytes());
                output.Write(entry.PayloadHash.AsSpan());
            }
        });
    }

    void IStateTable.Load(StateReader reader)
    {
        var input = reader.Compact;
        for (var count = reader.Count(bytesEach: IdempotencyKey.Size + Hash256.Size); count > 0; count--)
        {
            var organizationId = StringPool.Share(input.ReadString());
            var key = IdempotencyKey.FromBytes(input.ReadBytes(IdempotencyKey.Size));
            if (!TryAdd(new Entry(organizationId, key, new Hash256(input.ReadBytes(Hash256.Size)))))
            {
                throw new InvalidDataException($"an idempotency key of {organizationId} stands there twice");
            }
        }
    }

    private readonly record struct Entry(string OrganizationId, IdempotencyKey Key, Hash256 PayloadHash);
}
