using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Holds.Foreign;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Holds;

/// <summary>
/// Order of checks: shape, hold known, open, not over, submitter placed it or owns the destination (anyone may finish the
/// receiving side of a movement between ledgers, as its proof decides), not for a payout, amount above 0, in the hold's
/// currency, at most what remains, the other ledger's proof. A capture never fails for want of money.
/// </summary>
internal sealed class CaptureHoldHandler() : CommandHandler<CaptureHold>(CommandKind.CaptureHold, RoleGroups.Trading)
{
    /// <inheritdoc/>
    protected override Rejection? Execute(CaptureHold body, CommandContext context)
    {
        var hold = context.State.Holds.Find(body.HoldId);
        var amount = body.Amount ?? hold?.Remaining ?? default;
        var rejection = Shape.Id("hold_id", body.HoldId)
            ?? HoldChecks.Open(hold)
            ?? HoldChecks.NotOver(hold!, context)
            ?? (ForeignRules.IsReceiving(hold!) ? null : HoldChecks.Authorized(hold!, context))
            ?? CheckDestination(hold!, context)
            ?? CheckAmount(amount, hold!)
            ?? ForeignRules.CheckCapture(body.ForeignReceipt, amount, hold!, context);
        if (rejection is not null)
        {
            return rejection;
        }

        var reason = hold!.Foreign is null ? PostingReason.Hold : PostingReason.CrossLedger;
        var after = HoldMovements.Capture(context, hold, amount, reason, body.ForeignReceipt?.LeafHash);
        if (body.ReleaseRest && after.Status == HoldStatus.Open)
        {
            HoldMovements.Release(context, after, expired: false);
        }

        return null;
    }

    private static Rejection? CheckDestination(HoldRecord hold, CommandContext context) =>
        context.State.Accounts.Find(hold.DestinationAccountId)!.Account.Kind == AccountKind.Clearing
            ? Rejection.Because(
                RejectionReason.AccountKindWrong,
                $"hold_id: it holds for a payout, which carries the provider's reference; submit a payout.")
            : null;

    private static Rejection? CheckAmount(Money amount, HoldRecord hold)
    {
        if (amount.MinorUnits <= 0)
        {
            return Rejection.Because(
                RejectionReason.AmountInvalid, $"amount.minor_units: must be above 0; send at least 1.");
        }

        if (amount.CurrencyCode != hold.Amount.CurrencyCode || amount.Exponent != hold.Amount.Exponent)
        {
            return Rejection.Because(
                RejectionReason.CurrencyMismatch,
                $"amount: the hold is in {hold.Amount.CurrencyCode} with exponent {hold.Amount.Exponent}; send that.");
        }

        return amount.MinorUnits <= hold.Remaining.MinorUnits
            ? null
            : Rejection.Because(
                RejectionReason.HoldAmountExceeded,
                $"amount.minor_units: {hold.Remaining.MinorUnits} remain of the hold; capture at most that.");
    }
}
