using KpGrpc.LedgerServer.Execution.Agreements;

namespace KpGrpc.LedgerServer.Execution.Effects.Payment;

/// <summary>One work's part of a pool's period was split.</summary>
/// <param name="PoolId">The pool.</param>
/// <param name="PeriodId">The period.</param>
/// <param name="WorkId">The work.</param>
/// <param name="Units">Its usage.</param>
/// <param name="Split">Its part and how it was split.</param>
/// <param name="WorksRemaining">Works after this one that wait for their part; 0 where the pool is settled.</param>
internal sealed record PoolSettled(
    string PoolId, string PeriodId, string WorkId, ulong Units, SplitResult Split, uint WorksRemaining) : Effect, IRevenueEffect
{
    bool IRevenueEffect.IsGivenBack => false;
}
