using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Execution.Revenue;

/// <summary>
/// Order of checks: shape, kind of revenue, amount and currency, id new, work known, payer account known, the submitter's
/// own, a wallet or revenue account, in the amount's currency, purchase (a referral names one of the work that somebody
/// referred, advertising none), agreement, funds and limits. The payer need not be a party: it gives, and binds nobody.
/// </summary>
internal sealed class RecordRevenueHandler()
    : CommandHandler<RecordRevenue>(CommandKind.RecordRevenue, RoleGroups.Trading)
{
    /// <inheritdoc/>
    protected override Rejection? Execute(RecordRevenue body, CommandContext context)
    {
        var state = context.State;
        var work = state.Works.Find(body.WorkId);
        var payer = state.Accounts.Find(body.PayerAccountId);
        var rejection = CheckShape(body)
            ?? CheckKind(body)
            ?? state.Currencies.CheckPositive("amount", body.Amount)
            ?? CheckNew(body, state)
            ?? WorkTable.CheckKnown("work_id", work)
            ?? CheckPayer(body, payer, context)
            ?? CheckPurchase(body, state);
        if (rejection is not null)
        {
            return rejection;
        }

        var reason = body.RevenueKind == RevenueKind.Referral ? PostingReason.Referral : PostingReason.Advertising;
        var item = new RevenueItem(work!, body.RevenueKind, body.Amount, reason);
        var draft = new PostingDraft(state.Accounts);
        rejection = RevenueDivision.Divide(item, state, context.OrderedAtMicros, out var divided)
            ?? draft.Add("payer_account_id", payer!.Account, Direction.Debit, body.Amount, reason)
            ?? divided!.Draft(draft, context);
        if (rejection is not null)
        {
            return rejection;
        }

        draft.Commit(context, divided!.SourceOf(body.RevenueId, body.WorkId));
        state.Revenue.Add(new RevenueRecord(body.RevenueId, context.Sequence));
        context.Record(new RevenueSplit(body.RevenueId, body.WorkId, divided.Split));
        return null;
    }

    private static Rejection? CheckShape(RecordRevenue body) =>
        Shape.Id("revenue_id", body.RevenueId)
        ?? Shape.Id("work_id", body.WorkId)
        ?? Shape.Id("payer_account_id", body.PayerAccountId)
        ?? Shape.OptionalId("purchase_id", body.PurchaseId);

    private static Rejection? CheckKind(RecordRevenue body) =>
        body.RevenueKind is RevenueKind.Advertising or RevenueKind.Referral
            ? null
            : Rejection.Because(
                RejectionReason.RevenueKindWrong,
                $"revenue_kind: ADVERTISING or REFERRAL; sales are split by Purchase and subscriptions by SettlePool.");

    private static Rejection? CheckNew(RecordRevenue body, LedgerState state) =>
        state.Revenue.Has(body.RevenueId)
            ? Rejection.Because(
                RejectionReason.AlreadyExists, $"revenue_id: revenue with this id is recorded; choose another id.")
            : null;

    private static Rejection? CheckPayer(RecordRevenue body, AccountState? payer, CommandContext context)
    {
        if (AccountChecks.Known("payer_account_id", payer) is { } unknown)
        {
            return unknown;
        }

        return AccountChecks.IsOwnedBy(payer!, context.Submitter)
            ? AccountChecks.Kind("payer_account_id", payer!, AccountKind.Wallet, AccountKind.Revenue)
                ?? AccountChecks.Currency("payer_account_id", payer!, body.Amount)
            : Rejection.Because(
                RejectionReason.NotAuthorized,
                $"payer_account_id: not an account of {context.Submitter}; pay from an own account.");
    }

    private static Rejection? CheckPurchase(RecordRevenue body, LedgerState state)
    {
        if (body.RevenueKind == RevenueKind.Advertising)
        {
            return body.PurchaseId.Length == 0
                ? null
                : Shape.Malformed($"purchase_id: only a referral names a purchase; leave it empty for advertising.");
        }

        var purchase = state.Purchases.Find(body.PurchaseId);
        if (purchase is null || !string.Equals(purchase.WorkId, body.WorkId, StringComparison.Ordinal))
        {
            return Rejection.Because(
                RejectionReason.UnknownPurchase, $"purchase_id: no such purchase of this work; name the one that the referral led to.");
        }

        return purchase.ReferrerOrganizationId.Length > 0
            ? null
            : Rejection.Because(
                RejectionReason.RevenueKindWrong, $"purchase_id: nobody referred the buyer of this purchase; there is no commission to split.");
    }
}
