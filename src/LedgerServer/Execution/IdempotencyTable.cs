namespace KpGrpc.LedgerServer.Execution;

/// <summary>Every ordered command by organisation and idempotency key, accepted or rejected.</summary>
internal sealed class IdempotencyTable
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
}
