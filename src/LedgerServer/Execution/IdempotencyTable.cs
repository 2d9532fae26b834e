using KpGrpc.LedgerServer.Execution.Snapshots;
using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution;

/// <summary>Every ordered command by organisation and idempotency key, accepted or rejected.</summary>
internal sealed class IdempotencyTable : IStateTable
{
    private readonly Dictionary<(string OrganizationId, IdempotencyKey Key), IdempotencyEntry> _entries = [];

    /// <summary>Number of entries; equals the number of commands executed.</summary>
    public int Count => _entries.Count;

    /// <summary>The first command under the key; null where there was none.</summary>
    public IdempotencyEntry? Find(string organizationId, IdempotencyKey key) =>
        _entries.TryGetValue((organizationId, key), out var entry) ? entry : null;

    /// <summary>Remembers the first command under a key.</summary>
    internal void Add(Command command, ulong sequence) =>
        _entries.Add(
            (command.OrganizationId, command.IdempotencyKey), new IdempotencyEntry(sequence, command.PayloadHash));

    string IStateTable.Name => "idempotency";

    // One entry a command: in a compact form, organisation, key, payload hash, in the order of the sequence, which is dense.
    void IStateTable.Save(StateWriter writer)
    {
        var captured = _entries.ToArray();
        writer.Compact(output =>
        {
            Array.Sort(captured, (left, right) => left.Value.Sequence.CompareTo(right.Value.Sequence));
            output.Write(captured.Length);
            foreach (var (id, entry) in captured)
            {
                output.Write(id.OrganizationId);
                output.Write(id.Key.ToBytes());
                output.Write(entry.PayloadHash.AsSpan());
            }
        });
    }

    void IStateTable.Load(StateReader reader)
    {
        var input = reader.Compact;
        var count = reader.Count(bytesEach: IdempotencyKey.Size + Hash256.Size);
        _entries.EnsureCapacity(count);
        for (var sequence = 0UL; sequence < (ulong)count; sequence++)
        {
            var organizationId = StringPool.Share(input.ReadString());
            var key = IdempotencyKey.FromBytes(input.ReadBytes(IdempotencyKey.Size));
            _entries.Add((organizationId, key), new IdempotencyEntry(sequence, new Hash256(input.ReadBytes(Hash256.Size))));
        }
    }
}
