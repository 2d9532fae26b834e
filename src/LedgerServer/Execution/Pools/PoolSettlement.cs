using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Periods.Statements;
using KpGrpc.LedgerServer.Execution.Pools.Division;
using KpGrpc.LedgerServer.Execution.Revenue;

namespace KpGrpc.LedgerServer.Execution.Pools;

/// <summary>The works that one command settles: drafted one by one until the receipt is full, then made at once.</summary>
/// <param name="pool">The pool.</param>
/// <param name="held">What it holds for the period.</param>
/// <param name="parts">All works' parts, ordered by work id.</param>
/// <param name="context">The command.</param>
internal sealed class PoolSettlement(Pool pool, PoolPeriod held, IReadOnlyList<WorkPart> parts, CommandContext context)
{
    private readonly PostingDraft _draft = new(context.State.Accounts);
    private readonly List<PoolSettled> _settled = [];
    private int _bytes;

    /// <summary>
    /// Drafts works from the first that waits. The first one always fits; a further one that would not fit waits for the
    /// next command. A work that cannot be split refuses the command, so that no part is ever left out.
    /// </summary>
    public Rejection? Draft()
    {
        for (var i = held.SettledParts; i < parts.Count; i++)
        {
            if (Divide(parts[i], out var divided) is { } refused)
            {
                return refused;
            }

            _bytes += SettlementBytes.Of(pool, held.PeriodId, parts[i], divided!);
            if (_settled.Count > 0 && _bytes > EngineLimits.SettlementBytesMax)
            {
                return null;
            }

            if (DraftWork(parts[i], divided!) is { } rejection)
            {
                return rejection;
            }

            _settled.Add(new PoolSettled(
                pool.PoolId, held.PeriodId, parts[i].WorkId, parts[i].Units, divided!.Split, (uint)(parts.Count - i - 1)));
        }

        return null;
    }

    /// <summary>Makes the postings, counts them in the period, and fixes the division with the first command.</summary>
    public void Commit()
    {
        _draft.Commit(context, PostingSource.None);
        context.State.Periods.Settle(
            held.PeriodId, context.Sequence, StatementBook.Posted(context.Effects, context.State.Accounts));
        context.State.Pools.Divide(held, parts, held.SettledParts + _settled.Count);
        foreach (var settled in _settled)
        {
            context.Record(settled);
        }
    }

    private Rejection? Divide(WorkPart part, out DividedRevenue? divided)
    {
        var item = new RevenueItem(
            context.State.Works.Find(part.WorkId)!, RevenueKind.Subscription, AmountOf(part), PostingReason.PoolShare);
        return RevenueDivision.Divide(item, context.State, context.OrderedAtMicros, out divided)
            ?? PoolChecks.OwnerIsParty(pool, part.WorkId, divided!.Agreement.Terms);
    }

    private Rejection? DraftWork(WorkPart part, DividedRevenue divided)
    {
        if (part.MinorUnits == 0)
        {
            return null;
        }

        _draft.From(divided.SourceOf(pool.PoolId, part.WorkId));
        var account = context.State.Accounts.Find(pool.AccountId)!.Account;
        return _draft.Add("pool_id", account, Direction.Debit, AmountOf(part), PostingReason.PoolShare)
            ?? divided.Draft(_draft, context);
    }

    private Money AmountOf(WorkPart part) => new(part.MinorUnits, pool.CurrencyCode, pool.Exponent);
}
