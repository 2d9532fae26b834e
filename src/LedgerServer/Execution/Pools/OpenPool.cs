namespace KpGrpc.LedgerServer.Execution.Pools;

/// <summary>Opens a subscription pool and its account. By a platform.</summary>
internal sealed record OpenPool : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.OpenPool;

    /// <summary>Id of the pool, unique on the ledger.</summary>
    public required string PoolId { get; init; }

    /// <summary>Id of its new account of kind POOL.</summary>
    public required string AccountId { get; init; }

    /// <summary>ISO 4217 code of a declared currency.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>Its exponent, 0 to 8.</summary>
    public required uint Exponent { get; init; }

    /// <summary>How it is divided.</summary>
    public required PoolMethod Method { get; init; }

    /// <summary>Who else may pay in and record usage, each once, at most 16.</summary>
    public IReadOnlyList<string> MemberOrganizationIds { get; init; } = [];
}
