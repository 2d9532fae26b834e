namespace KpGrpc.LedgerServer.Execution.Membership;

/// <summary>A public key of an organisation, as <c>kp.membership.v1.Key</c>.</summary>
internal sealed record KeyDefinition
{
    /// <summary>Name of the key, an id, unique within the ledger for ever.</summary>
    public required string KeyId { get; init; }

    /// <summary>How it signs.</summary>
    public required KeyAlgorithm Algorithm { get; init; }

    /// <summary>The public key; its length is fixed by <see cref="Algorithm"/>. Never written to.</summary>
    public required ReadOnlyMemory<byte> PublicKey { get; init; }

    /// <summary>Roles that it may act in, as they came; empty means all of its organisation's.</summary>
    public IReadOnlyList<Role> Roles { get; init; } = [];
}
