namespace KpGrpc.LedgerServer.Execution.Agreements;

/// <summary>What an agreement covers; at most one of the two is set, and with none it is the default scope.</summary>
/// <param name="ProducerOrganizationId">All works registered by this producer; null for another scope.</param>
/// <param name="WorkId">This work; null for another scope.</param>
internal sealed record AgreementScope(string? ProducerOrganizationId, string? WorkId)
{
    /// <summary>Everything that no narrower agreement covers.</summary>
    public static AgreementScope Default { get; } = new(null, null);

    /// <summary>All works registered by a producer.</summary>
    public static AgreementScope Producer(string organizationId) => new(organizationId, null);

    /// <summary>One work.</summary>
    public static AgreementScope Work(string workId) => new(null, workId);
}
