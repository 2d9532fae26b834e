using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Periods.Guarantees;
using KpGrpc.LedgerServer.Execution.Periods.Statements;

namespace KpGrpc.LedgerServer.Execution.Periods;

/// <summary>
/// Order of checks: shape, period known, not closed, its end reached, earlier periods closed, pools settled, guarantors and
/// limits of the accounts. Gaps up to minimum guarantees are paid first; where one receipt does not hold them all, the command
/// pays what it holds and leaves the period open for the next one, as the absence of its last effect tells. Then the
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

        var payment = new GuaranteePayment(period!, context);
        rejection = payment.Draft();
        if (rejection is not null)
        {
            return rejection;
        }

        Pay(payment, body.PeriodId, context);
        if (payment.Settled == period!.Guarantees.Count)
        {
            Close(body.PeriodId, context);
        }

        return null;
    }

    private static void Pay(GuaranteePayment payment, string periodId, CommandContext context)
    {
        if (payment.Payments > 0)
        {
            payment.Postings.Commit(context, PostingSource.None);
            context.State.Periods.Settle(periodId, context.Sequence, StatementBook.Posted(context.Effects, context.State.Accounts));
        }

        context.State.Periods.SettleGuarantees(payment.Settled);
    }

    private static void Close(string periodId, CommandContext context)
    {
        var state = context.State;
        var statements = FinalStatements.Of(state.Periods.Find(periodId)!, state);
        var root = StatementTree.Root(periodId, statements);
        state.Pools.Drop(periodId);
        state.Earnings.Drop(periodId);
        state.Periods.Close(context.Sequence, statements, root);
        context.Record(new PeriodClosed(periodId, root));
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
