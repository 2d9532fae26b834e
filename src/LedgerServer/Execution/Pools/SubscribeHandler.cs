using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Pools.Division;

namespace KpGrpc.LedgerServer.Execution.Pools;

/// <summary>
/// Order of checks: shape, amount and currency, id new, pool known, period known and open, not divided yet, submitter
/// admitted, payer account, currencies, room for the sum, funds and limits of the accounts.
/// </summary>
internal sealed class SubscribeHandler() : CommandHandler<Subscribe>(CommandKind.Subscribe, RoleSet.Of(Role.Platform))
{
    /// <inheritdoc/>
    protected override Rejection? Execute(Subscribe body, CommandContext context)
    {
        var state = context.State;
        var pool = state.Pools.Find(body.PoolId);
        var payer = state.Accounts.Find(body.PayerAccountId);
        var draft = new PostingDraft(state.Accounts);
        var rejection = CheckShape(body)
            ?? state.Currencies.CheckPositive("amount", body.Amount)
            ?? CheckNew(body, state.Pools)
            ?? PoolChecks.Collecting(body.PoolId, body.PeriodId, state)
            ?? PoolChecks.Admitted(pool!, context)
            ?? PoolChecks.Payer(body, pool!, payer, context)
            ?? CheckRoom(body, state)
            ?? draft.Add("payer_account_id", payer!.Account, Direction.Debit, body.Amount, PostingReason.Subscription)
            ?? draft.Add(
                "pool_id", state.Accounts.Find(pool!.AccountId)!.Account, Direction.Credit, body.Amount, PostingReason.Subscription);
        if (rejection is not null)
        {
            return rejection;
        }

        draft.Commit(context, new PostingSource(body.SubscriptionId, "", "", 0));
        state.Pools.Pay(body);
        context.Record(new PoolFunded(body.SubscriptionId, body.PoolId, body.PeriodId, body.Amount));
        return null;
    }

    private static Rejection? CheckShape(Subscribe body) =>
        Shape.Id("subscription_id", body.SubscriptionId)
        ?? Shape.Id("pool_id", body.PoolId)
        ?? Shape.Pseudonym("learner_pseudonym", body.LearnerPseudonym)
        ?? Shape.Id("payer_account_id", body.PayerAccountId)
        ?? Shape.Id("period_id", body.PeriodId);

    private static Rejection? CheckNew(Subscribe body, PoolTable pools) =>
        pools.IsSubscribed(body.SubscriptionId)
            ? Rejection.Because(
                RejectionReason.AlreadyExists, $"subscription_id: a payment with this id exists; choose another id.")
            : null;

    private static Rejection? CheckRoom(Subscribe body, LedgerState state)
    {
        var held = state.Pools.Find(body.PoolId, body.PeriodId);
        var isNew = held is null || !held.HasPayer(LearnerKey.Of(body.LearnerPseudonym));
        return isNew ? PoolChecks.Room(held, 1, state) : null;
    }
}
