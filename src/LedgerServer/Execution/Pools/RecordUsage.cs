namespace KpGrpc.LedgerServer.Execution.Pools;

/// <summary>Adds usage to a pool's period. By a platform or technology provider that the pool admits.</summary>
/// <param name="PoolId">The pool.</param>
/// <param name="PeriodId">The period; open.</param>
/// <param name="Entries">1 to 10,000 entries; the same work and learner adds up.</param>
internal sealed record RecordUsage(string PoolId, string PeriodId, IReadOnlyList<UsageEntry> Entries) : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.RecordUsage;
}
