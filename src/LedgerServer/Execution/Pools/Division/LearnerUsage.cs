namespace KpGrpc.LedgerServer.Execution.Pools.Division;

/// <summary>How much one learner used one work in a period.</summary>
/// <param name="Key">Who and what.</param>
/// <param name="Units">The sum, 1 to 2^63-1.</param>
internal readonly record struct LearnerUsage(UsageKey Key, ulong Units);
