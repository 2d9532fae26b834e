namespace KpGrpc.LedgerServer.Execution.Effects.Payment;

/// <summary>Usage was added.</summary>
/// <param name="PoolId">The pool.</param>
/// <param name="PeriodId">The period.</param>
/// <param name="Entries">Number of entries, 1 to 10,000.</param>
/// <param name="Units">Sum of their units.</param>
internal sealed record UsageRecorded(string PoolId, string PeriodId, uint Entries, ulong Units) : Effect;
