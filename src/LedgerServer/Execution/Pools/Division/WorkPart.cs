namespace KpGrpc.LedgerServer.Execution.Pools.Division;

/// <summary>One work's part of a pool's period.</summary>
/// <param name="WorkId">The work.</param>
/// <param name="Units">Its usage by all learners, above 0.</param>
/// <param name="MinorUnits">Its part, 0 or more; all parts sum to exactly the pool's amount.</param>
internal sealed record WorkPart(string WorkId, ulong Units, long MinorUnits);
