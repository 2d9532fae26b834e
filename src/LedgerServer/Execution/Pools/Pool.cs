namespace KpGrpc.LedgerServer.Execution.Pools;

/// <summary>A subscription pool's fixed facts; what is in it is kept by period.</summary>
internal sealed record Pool
{
    /// <summary>Its id, unique on the ledger.</summary>
    public required string PoolId { get; init; }

    /// <summary>Its account of kind POOL; holds the payments of all periods that are not settled.</summary>
    public required string AccountId { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>Decimal digits behind the point.</summary>
    public required uint Exponent { get; init; }

    /// <summary>How it is divided.</summary>
    public required PoolMethod Method { get; init; }

    /// <summary>Who opened it and owns its account.</summary>
    public required string OwnerOrganizationId { get; init; }

    /// <summary>Who else may pay in and record usage, in the order of the command.</summary>
    public required IReadOnlyList<string> MemberOrganizationIds { get; init; }

    /// <summary>Sequence of its opening.</summary>
    public required ulong OpenedAtSequence { get; init; }

    /// <summary>Whether an organisation may pay in and record usage.</summary>
    public bool Admits(string organizationId) =>
        string.Equals(OwnerOrganizationId, organizationId, StringComparison.Ordinal)
        || MemberOrganizationIds.Contains(organizationId, StringComparer.Ordinal);
}
