using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Periods;

namespace KpGrpc.LedgerServer.Execution.Pools;

/// <summary>
/// Order of checks: shape, pool known, period known and open, not settled yet, submitter the pool's owner or an operator,
/// period over, amount the expected one, something was paid in; where it is to be carried, as <see cref="PoolCarry"/> states;
/// else something was used; then work by work in the order of their ids: agreement, the pool's owner a party of it, accounts
/// and their limits. The first command divides the whole amount over all works; each pays as many works as one receipt holds,
/// and the next one goes on where it stopped.
/// </summary>
internal sealed class SettlePoolHandler()
    : CommandHandler<SettlePool>(CommandKind.SettlePool, RoleSet.Of(Role.Platform, Role.Operator))
{
    /// <inheritdoc/>
    protected override Rejection? Execute(SettlePool body, CommandContext context)
    {
        var state = context.State;
        var pool = state.Pools.Find(body.PoolId);
        var held = state.Pools.Find(body.PoolId, body.PeriodId);
        var rejection = Shape.Id("pool_id", body.PoolId)
            ?? Shape.Id("period_id", body.PeriodId)
            ?? (body.CarryToPeriodId.Length == 0 ? null : Shape.Id("carry_to_period_id", body.CarryToPeriodId))
            ?? PoolChecks.Known(pool)
            ?? PeriodChecks.Open(state.Periods.Find(body.PeriodId))
            ?? CheckNotSettled(held)
            ?? CheckMaySettle(pool!, context)
            ?? PeriodChecks.Over(state.Periods.Find(body.PeriodId)!, context.OrderedAtMicros)
            ?? CheckAmount(body, pool!, held);
        return rejection
            ?? (body.CarryToPeriodId.Length > 0 ? Carry(body, pool!, held!, context) : Divide(pool!, held!, context));
    }

    private static Rejection? Carry(SettlePool body, Pool pool, PoolPeriod held, CommandContext context)
    {
        var rejection = PoolCarry.Check(body, held, context.State);
        if (rejection is null)
        {
            PoolCarry.Commit(body, pool, held, context);
        }

        return rejection;
    }

    private static Rejection? Divide(Pool pool, PoolPeriod held, CommandContext context)
    {
        if (CheckUsed(held) is { } unused)
        {
            return unused;
        }

        var settlement = new PoolSettlement(pool, held, held.Parts ?? held.Division(pool.Method), context);
        var rejection = settlement.Draft();
        if (rejection is null)
        {
            settlement.Commit();
        }

        return rejection;
    }

    private static Rejection? CheckNotSettled(PoolPeriod? held) =>
        held is not { IsSettled: true } ? null
            : held.IsCarried
                ? Rejection.Because(
                    RejectionReason.PoolAlreadySettled, $"pool_id, period_id: the money was carried to a later period; settle that one.")
                : Rejection.Because(
                    RejectionReason.PoolAlreadySettled, $"pool_id, period_id: every work has its part; nothing is left to settle.");

    private static Rejection? CheckMaySettle(Pool pool, CommandContext context) =>
        context.ActingRoles.Contains(Role.Operator)
        || string.Equals(pool.OwnerOrganizationId, context.Submitter, StringComparison.Ordinal)
            ? null
            : Rejection.Because(
                RejectionReason.NotAuthorized, $"pool_id: only the pool's owner or an operator settles it.");

    private static Rejection? CheckAmount(SettlePool body, Pool pool, PoolPeriod? held)
    {
        var amount = new Money(held?.Paid ?? 0, pool.CurrencyCode, pool.Exponent);
        if (body.ExpectedAmount is { } expected && expected != amount)
        {
            return Rejection.Because(
                RejectionReason.PoolAmountMismatch,
                $"expected_amount: the pool's period holds {amount.MinorUnits} minor units of {amount.CurrencyCode}; check what was paid in.");
        }

        return amount.MinorUnits > 0
            ? null
            : Rejection.Because(
                RejectionReason.AmountInvalid,
                $"pool_id, period_id: nothing was paid in for this period, so nothing is divided; the period closes without it.");
    }

    private static Rejection? CheckUsed(PoolPeriod held) =>
        held.WorkCount > 0
            ? null
            : Rejection.Because(
                RejectionReason.PoolWithoutUsage,
                $"pool_id, period_id: no usage was recorded to divide by; record it while the period is open.");
}
