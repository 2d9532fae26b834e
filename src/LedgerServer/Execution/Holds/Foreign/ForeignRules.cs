using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Governance;

namespace KpGrpc.LedgerServer.Execution.Holds.Foreign;

/// <summary>
/// Movements between two ledgers: a hold on each side, each naming the other. The sending side holds for the counter-account
/// of the other ledger and decides: it captures with the receipt that placed the other side, or it is released or runs out.
/// The receiving side holds the counter-account's money, never runs out, and follows: it captures with the receipt of the
/// sending side's capture and is released with that of its release. So both end alike, whoever is away in between.
/// </summary>
internal static class ForeignRules
{
    private static readonly AccountKind[] Payers =
        [AccountKind.Wallet, AccountKind.Revenue, AccountKind.Liability, AccountKind.Suspense];

    private static readonly AccountKind[] Destinations = [.. Payers, AccountKind.Clearing];

    /// <summary>Whether a hold is the receiving side of a movement between ledgers.</summary>
    public static bool IsReceiving(HoldRecord hold) => hold.Foreign is not null && ForeignAccounts.IsReserved(hold.AccountId);

    /// <summary>
    /// Kinds of the accounts of a new hold. With a foreign leg, in this order: the other log is one that the genesis names,
    /// exactly one account is the other ledger's counter-account in the currency, the receiving side never runs out and is
    /// the only one for the other side's hold.
    /// </summary>
    public static Rejection? CheckPlacing(
        PlaceHold body, AccountState account, AccountState destination, CommandContext context)
    {
        if (body.Foreign is not { } leg)
        {
            return AccountChecks.Kind("account_id", account, Payers)
                ?? AccountChecks.Kind("destination_account_id", destination, Destinations);
        }

        if (LogOf(leg, context) is null)
        {
            return Rejection.Because(
                RejectionReason.WrongLedger,
                $"foreign.ledger_id, foreign.log_origin: the genesis names no such log of another ledger; use one of its own.");
        }

        var counter = ForeignAccounts.IdOf(leg.LedgerId, body.Amount.CurrencyCode);
        if (destination.Account.Kind == AccountKind.Foreign)
        {
            return AccountChecks.Kind("account_id", account, Payers)
                ?? CheckCounter("destination_account_id", destination, counter);
        }

        return AccountChecks.Kind("account_id", account, AccountKind.Foreign)
            ?? CheckCounter("account_id", account, counter)
            ?? AccountChecks.Kind("destination_account_id", destination, Payers)
            ?? CheckReceiving(body, leg, context);
    }

    /// <summary>Whether the other side's receipt allows a capture; a hold without a foreign leg allows none.</summary>
    public static Rejection? CheckCapture(ForeignReceipt? receipt, Money amount, HoldRecord hold, CommandContext context)
    {
        if (hold.Foreign is not { } leg)
        {
            return CheckAbsent(receipt);
        }

        if (amount != hold.Amount)
        {
            return Rejection.Because(
                RejectionReason.AmountInvalid,
                $"amount: a movement between ledgers is captured whole; leave the amount out.");
        }

        var own = context.State.Genesis.LedgerId;
        var counter = ForeignAccounts.IdOf(own, hold.Amount.CurrencyCode);
        return CheckProof(receipt, leg, context, facts => IsReceiving(hold)
            ? facts.Captured is { HasForeignProof: true } captured
                && captured == new ForeignCapture(leg.HoldId, hold.Amount, counter, true)
            : facts.Placed is { Expires: false } placed
                && placed.HoldId == leg.HoldId
                && placed.AccountId == counter
                && placed.Amount == hold.Amount
                && placed.Foreign is { } back
                && back.LedgerId == own
                && back.HoldId == hold.HoldId);
    }

    /// <summary>Whether the other side's receipt allows a release; only the receiving side of a movement needs one.</summary>
    public static Rejection? CheckRelease(ForeignReceipt? receipt, HoldRecord hold, CommandContext context) =>
        IsReceiving(hold)
            ? CheckProof(receipt, hold.Foreign!, context, facts => facts.ReleasedHoldIds.Contains(hold.Foreign!.HoldId))
            : CheckAbsent(receipt);

    private static ForeignLog? LogOf(ForeignLeg leg, CommandContext context) =>
        context.State.Genesis.ForeignLogs.FirstOrDefault(log =>
            string.Equals(log.LedgerId, leg.LedgerId, StringComparison.Ordinal)
            && string.Equals(log.Origin, leg.LogOrigin, StringComparison.Ordinal));

    private static Rejection? CheckCounter(string field, AccountState account, string counterId) =>
        string.Equals(account.Account.AccountId, counterId, StringComparison.Ordinal)
            ? null
            : Rejection.Because(
                RejectionReason.AccountKindWrong,
                $"{field}: must be {counterId}, the counter-account of the ledger that foreign names.");

    private static Rejection? CheckReceiving(PlaceHold body, ForeignLeg leg, CommandContext context)
    {
        if (body.ExpiresAtMicros is not null)
        {
            return Rejection.Because(
                RejectionReason.TimeInvalid,
                $"expires_at: the receiving side of a movement between ledgers never runs out; leave it out.");
        }

        return context.State.Holds.IsAwaited(leg)
            ? Rejection.Because(
                RejectionReason.AlreadyExists,
                $"foreign.hold_id: another hold receives what that hold sends; each is received once.")
            : null;
    }

    private static Rejection? CheckAbsent(ForeignReceipt? receipt) =>
        receipt is null
            ? null
            : Shape.Malformed($"foreign_receipt: only a side of a movement between ledgers that follows the other has one; leave it out.");

    private static Rejection? CheckProof(
        ForeignReceipt? receipt, ForeignLeg leg, CommandContext context, Func<ForeignFacts, bool> isOfThisMovement)
    {
        if (receipt is null)
        {
            return Rejection.Because(
                RejectionReason.ForeignReceiptMissing,
                $"foreign_receipt: required; bring the receipt of ledger {leg.LedgerId} with its proof.");
        }

        if (ForeignProof.Refusal(receipt, LogOf(leg, context)!) is { } why)
        {
            return Rejection.Because(RejectionReason.ForeignReceiptInvalid, $"foreign_receipt: {why}");
        }

        var facts = receipt.Facts!;
        var isOurs = facts.Accepted
            && string.Equals(facts.NetworkId, context.State.Genesis.NetworkId, StringComparison.Ordinal)
            && string.Equals(facts.LedgerId, leg.LedgerId, StringComparison.Ordinal)
            && isOfThisMovement(facts);
        return isOurs
            ? null
            : Rejection.Because(
                RejectionReason.ForeignReceiptMismatch,
                $"foreign_receipt: it is proven, but rejected or of another movement, side or step; bring the receipt of hold {leg.HoldId}.");
    }
}
