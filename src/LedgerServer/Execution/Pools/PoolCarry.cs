using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Periods;

namespace KpGrpc.LedgerServer.Execution.Pools;

/// <summary>
/// Carries what was paid for a pool's period and never used to a later period: the way on for money that nothing divides. The
/// pool's account keeps it, so nothing is posted and no statement changes.
/// </summary>
internal static class PoolCarry
{
    /// <summary>
    /// Order of checks: nothing used; the other period known, open, starting later, and not divided by this pool; room for its
    /// payers.
    /// </summary>
    /// <param name="body">The command, which names the other period.</param>
    /// <param name="held">What the pool holds for the period that is over: money, and nothing divided.</param>
    /// <param name="state">The state.</param>
    public static Rejection? Check(SettlePool body, PoolPeriod held, LedgerState state)
    {
        if (held.WorkCount > 0)
        {
            return Rejection.Because(
                RejectionReason.PoolHasUsage,
                $"carry_to_period_id: {held.WorkCount} works were used in the period, so its money is theirs; leave the field empty to divide it.");
        }

        var target = state.Periods.Find(body.CarryToPeriodId);
        var there = state.Pools.Find(body.PoolId, body.CarryToPeriodId);
        return PeriodChecks.Open(target, "carry_to_period_id")
            ?? CheckLater(state.Periods.Find(body.PeriodId)!, target!)
            ?? (there is { IsDivided: true }
                ? Rejection.Because(
                    RejectionReason.PoolAlreadySettled,
                    $"carry_to_period_id: the pool's money of that period is divided and it takes nothing more; name a later one.")
                : null)
            ?? CheckRoom(held, there);
    }

    /// <summary>Carries, and tells it.</summary>
    public static void Commit(SettlePool body, Pool pool, PoolPeriod held, CommandContext context)
    {
        var amount = new Money(held.Paid, pool.CurrencyCode, pool.Exponent);
        var payers = (uint)held.PayerCount;
        context.State.Pools.Carry(held, body.CarryToPeriodId);
        context.Record(new PoolCarried(body.PoolId, body.PeriodId, body.CarryToPeriodId, amount, payers));
    }

    private static Rejection? CheckLater(SettlementPeriod from, SettlementPeriod to) =>
        to.StartsAtMicros > from.StartsAtMicros
            ? null
            : Rejection.Because(
                RejectionReason.TimeInvalid,
                $"carry_to_period_id: the period does not start after period_id; money is carried on to a later one.");

    // All pools together keep no more sums than before, so their limit needs no check.
    private static Rejection? CheckRoom(PoolPeriod held, PoolPeriod? there) =>
        (there?.SumCount ?? 0) + held.NewPayersFor(there) <= EngineLimits.PoolPeriodSumsMax
            ? null
            : Rejection.Because(
                RejectionReason.LimitReached,
                $"carry_to_period_id: a pool's period keeps at most {EngineLimits.PoolPeriodSumsMax} sums by payer and by learner and work; name another one.");
}
