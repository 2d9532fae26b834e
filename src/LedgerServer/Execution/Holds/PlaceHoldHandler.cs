using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Holds.Foreign;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Holds;

/// <summary>
/// Order of checks: shape, amount and currency, accounts differ, hold id new, end after the order's time, account known,
/// destination known, submitter may debit the account, kinds or movement between ledgers, currencies of the accounts,
/// number of open holds, limits of the accounts.
/// </summary>
internal sealed class PlaceHoldHandler() : CommandHandler<PlaceHold>(CommandKind.PlaceHold, RoleGroups.Trading)
{
    /// <inheritdoc/>
    protected override Rejection? Execute(PlaceHold body, CommandContext context)
    {
        var accounts = context.State.Accounts;
        var account = accounts.Find(body.AccountId);
        var destination = accounts.Find(body.DestinationAccountId);
        var draft = new PostingDraft(accounts);
        var rejection = CheckShape(body)
            ?? context.State.Currencies.CheckPositive("amount", body.Amount)
            ?? AccountChecks.Different("account_id", body.AccountId, "destination_account_id", body.DestinationAccountId)
            ?? CheckNew(body, context)
            ?? CheckEnd(body, context)
            ?? AccountChecks.Known("account_id", account)
            ?? AccountChecks.Known("destination_account_id", destination)
            ?? AccountChecks.Debitable("account_id", account!, context)
            ?? ForeignRules.CheckPlacing(body, account!, destination!, context)
            ?? AccountChecks.Currency("account_id", account!, body.Amount)
            ?? AccountChecks.Currency("destination_account_id", destination!, body.Amount)
            ?? CheckCount(body, context)
            ?? draft.Hold("account_id", account!.Account, Direction.Debit, body.Amount, body.HoldId)
            ?? draft.Hold("destination_account_id", destination!.Account, Direction.Credit, body.Amount, body.HoldId);
        if (rejection is not null)
        {
            return rejection;
        }

        draft.Commit(context, PostingSource.None);
        Place(body, context);
        return null;
    }

    private static Rejection? CheckShape(PlaceHold body) =>
        Shape.Id("hold_id", body.HoldId)
        ?? Shape.Id("account_id", body.AccountId)
        ?? Shape.Id("destination_account_id", body.DestinationAccountId)
        ?? Shape.Time("expires_at", body.ExpiresAtMicros)
        ?? (body.Foreign is null ? null : CheckShape(body.Foreign));

    private static Rejection? CheckShape(ForeignLeg leg) =>
        Shape.Id("foreign.ledger_id", leg.LedgerId)
        ?? Shape.Text("foreign.log_origin", leg.LogOrigin, 1, 255)
        ?? Shape.Id("foreign.hold_id", leg.HoldId);

    private static Rejection? CheckNew(PlaceHold body, CommandContext context) =>
        context.State.Holds.Find(body.HoldId) is null
            ? null
            : Rejection.Because(
                RejectionReason.AlreadyExists, $"hold_id: a hold with this id exists; choose another id.");

    private static Rejection? CheckEnd(PlaceHold body, CommandContext context) =>
        body.ExpiresAtMicros <= context.OrderedAtMicros
            ? Rejection.Because(
                RejectionReason.TimeInvalid, $"expires_at: must be later than the order's time; choose a later one.")
            : null;

    private static Rejection? CheckCount(PlaceHold body, CommandContext context) =>
        context.State.Holds.LiveCount(body.AccountId) < EngineLimits.OpenHoldsPerAccountMax
            ? null
            : Rejection.Because(
                RejectionReason.LimitReached,
                $"account_id: it has {EngineLimits.OpenHoldsPerAccountMax} open holds; capture or release some first.");

    private static void Place(PlaceHold body, CommandContext context)
    {
        var hold = new HoldRecord
        {
            HoldId = body.HoldId,
            AccountId = body.AccountId,
            DestinationAccountId = body.DestinationAccountId,
            Amount = body.Amount,
            Status = HoldStatus.Open,
            ExpiresAtMicros = body.ExpiresAtMicros,
            Foreign = body.Foreign,
            PlacedAtSequence = context.Sequence,
            PlacedByOrganizationId = context.Submitter,
        };
        context.State.Holds.Add(hold);
        context.Record(new HoldPlaced(hold));
    }
}
