using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Disputes;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Licences;
using KpGrpc.LedgerServer.Execution.Purchases;

namespace KpGrpc.LedgerServer.Execution.Refunds;

/// <summary>
/// What refunds and chargebacks share: the division over what remains, the money from the accounts that the sale credited
/// to the one that paid, and the end of the licence once nothing remains.
/// </summary>
internal static class Refunding
{
    /// <summary>Whether the id of a refund or chargeback is new.</summary>
    public static Rejection? CheckNew(string field, string id, CommandContext context) =>
        context.State.Refunds.Contains(id)
            ? Rejection.Because(
                RejectionReason.AlreadyExists,
                $"{field}: a refund or chargeback with this id exists; it was made, so do not make it again.")
            : null;

    /// <summary>Whether the purchase exists.</summary>
    public static Rejection? CheckKnown(PurchaseRecord? purchase) =>
        purchase is not null
            ? null
            : Rejection.Because(RejectionReason.UnknownPurchase, $"purchase_id: no such purchase on this ledger.");

    /// <summary>Whether an amount, if given, is above 0 and in a declared currency.</summary>
    public static Rejection? CheckAmount(Money? amount, CommandContext context) =>
        amount is { } given ? context.State.Currencies.CheckPositive("amount", given) : null;

    /// <summary>
    /// Gives back. Order of checks: currency of the purchase, at most what remains and something left to give back, number
    /// of refunds, number of new owners who give back, limits of their accounts, of the accounts in the order of the lines, then
    /// of the payer's. Parts that a dispute froze come from where their money is now (<see cref="EscrowReturns"/>).
    /// </summary>
    /// <param name="context">The command.</param>
    /// <param name="purchase">The purchase.</param>
    /// <param name="refundId">Id, new.</param>
    /// <param name="amount">How much; null means all of the rest.</param>
    /// <param name="chargeback">Whether limits are passed by.</param>
    public static Rejection? Execute(
        CommandContext context, PurchaseRecord purchase, string refundId, Money? amount, bool chargeback)
    {
        var refunds = context.State.Refunds.OfPurchase(purchase.PurchaseId);
        var shares = RemainingShares.After(purchase.Split, refunds);
        var given = amount ?? purchase.Split.Amount with { MinorUnits = shares.Total };
        var left = shares.Total - given.MinorUnits;
        var rejection = CheckCurrency(given, purchase) ?? CheckRemaining(left, shares, refunds) ?? CheckCount(left, refunds);
        if (rejection is not null)
        {
            return rejection;
        }

        var split = SplitOf(purchase.Split, given, shares.Divide(given.MinorUnits));
        var returns = new EscrowReturns(split.Lines, context.State.Disputes);
        split = split with { Lines = returns.Lines };
        var draft = new PostingDraft(context.State.Accounts);
        rejection = Draft(draft, context, purchase, split, returns, chargeback);
        if (rejection is not null)
        {
            return rejection;
        }

        returns.Commit();
        draft.Commit(context, new PostingSource(refundId, purchase.WorkId, split.AgreementId, split.AgreementVersion));
        Record(context, purchase, split, new RefundRecord
        {
            RefundId = refundId,
            PurchaseId = purchase.PurchaseId,
            Chargeback = chargeback,
            Split = split,
            Sequence = context.Sequence,
        }, left);
        return null;
    }

    private static Rejection? CheckCurrency(Money given, PurchaseRecord purchase) =>
        string.Equals(given.CurrencyCode, purchase.Split.Amount.CurrencyCode, StringComparison.Ordinal)
            ? null
            : Rejection.Because(
                RejectionReason.CurrencyMismatch,
                $"amount: the purchase was paid in {purchase.Split.Amount.CurrencyCode}; give back that.");

    // A purchase for nothing is given back once, for nothing.
    private static Rejection? CheckRemaining(long left, RemainingShares shares, IReadOnlyList<RefundRecord> refunds) =>
        left >= 0 && (shares.Total > 0 || refunds.Count == 0)
            ? null
            : Rejection.Because(
                RejectionReason.RefundExceedsRemaining,
                $"amount.minor_units: {shares.Total} are not given back yet; give back at most that.");

    private static Rejection? CheckCount(long left, IReadOnlyList<RefundRecord> refunds) =>
        left == 0 || refunds.Count < EngineLimits.RefundsPerPurchaseMax - 1
            ? null
            : Rejection.Because(
                RejectionReason.LimitReached,
                $"purchase_id: it has had all of its {EngineLimits.RefundsPerPurchaseMax} refunds but one; give back all of the rest.");

    private static SplitResult SplitOf(SplitResult sale, Money given, long[] parts) => sale with
    {
        Amount = given,
        Lines = [.. sale.Lines.Select((line, i) => line with { Amount = given with { MinorUnits = parts[i] } })],
    };

    private static Rejection? Draft(
        PostingDraft draft, CommandContext context, PurchaseRecord purchase, SplitResult split, EscrowReturns returns, bool chargeback)
    {
        if (split.Amount.MinorUnits == 0)
        {
            return null;
        }

        var reason = chargeback ? PostingReason.Chargeback : PostingReason.Refund;
        return returns.Draft((accountId, direction, amount) => Add("purchase.split.account_id", accountId, direction, amount, PostingReason.Escrow))
            ?? Shape.Each(split.Lines, (line, _) => line.Amount.MinorUnits == 0
                ? null
                : Add("purchase.split.account_id", line.AccountId, Direction.Debit, line.Amount, reason))
            ?? Add("purchase.payer_account_id", purchase.PayerAccountId, Direction.Credit, split.Amount, reason);

        Rejection? Add(string field, string accountId, Direction direction, Money amount, PostingReason why)
        {
            var account = context.State.Accounts.Find(accountId)!.Account;
            return chargeback
                ? draft.Force(field, account, direction, amount, why)
                : draft.Add(field, account, direction, amount, why);
        }
    }

    private static void Record(
        CommandContext context, PurchaseRecord purchase, SplitResult split, RefundRecord refund, long left)
    {
        context.State.Refunds.Add(refund);
        context.Record(new PurchaseRefunded(
            refund.RefundId, purchase.PurchaseId, refund.Chargeback, split, split.Amount with { MinorUnits = left }));
        if (left == 0 && context.State.Licences.Find(purchase.PurchaseId) is { RevokedAtSequence: null } licence)
        {
            LicenceRevocation.Revoke(licence, context);
        }
    }
}
