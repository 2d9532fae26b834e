using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Periods.Statements;

namespace KpGrpc.LedgerServer.Execution.Periods;

/// <summary>
/// Order of checks: shape, period known, not closed, its end reached, earlier periods closed, pools settled. Then the
/// statements of the period are fixed, ordered by organisation, then currency, with the root over them, and what pools still
/// hold for it, which is usage that nobody paid for, is let go.
/// </summary>
internal sealed class CloseSettlementPeriodHandler()
    : CommandHandler<CloseSettlementPeriod>(CommandKind.CloseSettlementPeriod, RoleSet.Of(Role.Operator))
{
    /// <inheritdoc/>
    protected override Rejection? Execute(CloseSettlementPeriod body, CommandContext context)
    {
        var state = context.State;
        var period = state.Periods.Find(body.PeriodId);
        var rejection = Shape.Id("period_id", body.PeriodId)
            ?? PeriodChecks.Open(period)
            ?? PeriodChecks.Over(period!, context.OrderedAtMicros)
            ?? CheckFirst(period!, state.Periods)
            ?? CheckPools(body.PeriodId, state);
        if (rejection is not null)
        {
            return rejection;
        }

        var statements = FinalStatements.Of(period!, state);
        var root = StatementTree.Root(body.PeriodId, statements);
        state.Pools.Drop(body.PeriodId);
        state.Periods.Close(context.Sequence, statements, root);
        context.Record(new PeriodClosed(body.PeriodId, root));
        return null;
    }

    private static Rejection? CheckFirst(SettlementPeriod period, PeriodTable periods) =>
        ReferenceEquals(periods.All[periods.FirstOpen], period)
            ? null
            : Rejection.Because(
                RejectionReason.PeriodNotOver,
                $"period_id: the earlier period {periods.All[periods.FirstOpen].PeriodId} is open; close it first.");

    private static Rejection? CheckPools(string periodId, LedgerState state) =>
        state.Pools.FindUnsettled(periodId) is { } held
            ? Rejection.Because(
                RejectionReason.PeriodHasOpenPools,
                $"period_id: pool {held.PoolId} holds money of the period; settle it to its last work first.")
            : null;
}
