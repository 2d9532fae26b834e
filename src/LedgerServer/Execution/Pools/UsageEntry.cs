namespace KpGrpc.LedgerServer.Execution.Pools;

/// <summary>How much one learner used one work.</summary>
/// <param name="WorkId">The work.</param>
/// <param name="LearnerPseudonym">The learner, 64 lower-case hexadecimal characters.</param>
/// <param name="Units">Usage in whole units of the pool's choice, 1 to 2^40.</param>
internal sealed record UsageEntry(string WorkId, string LearnerPseudonym, ulong Units);
