namespace KpGrpc.LedgerServer.Execution.Pools.Division;

/// <summary>What was paid for one subscriber in a period.</summary>
/// <param name="Learner">The subscriber.</param>
/// <param name="MinorUnits">The sum, 1 to 2^63-1.</param>
internal readonly record struct LearnerPayment(LearnerKey Learner, long MinorUnits);
