using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Dispatch;

namespace KpGrpc.LedgerServer.Execution.Holds;

/// <summary>What several kinds of command ask of a hold. Each check returns the rejection or null.</summary>
internal static class HoldChecks
{
    /// <summary>Whether the hold exists and reserves anything, but for time.</summary>
    public static Rejection? Open(HoldRecord? hold) => hold?.Status switch
    {
        null => Rejection.Because(RejectionReason.UnknownHold, $"hold_id: no such hold on this ledger; place it first."),
        HoldStatus.Open => null,
        HoldStatus.Expired => Expired(),
        _ => Rejection.Because(
            RejectionReason.HoldNotOpen, $"hold_id: the hold is captured or released; nothing remains of it."),
    };

    /// <summary>Whether the hold has not run out by the order's time.</summary>
    public static Rejection? NotOver(HoldRecord hold, CommandContext context) =>
        hold.IsOverAt(context.OrderedAtMicros) ? Expired() : null;

    /// <summary>Whether the submitter placed the hold or may debit its destination account.</summary>
    public static Rejection? Authorized(HoldRecord hold, CommandContext context)
    {
        var placed = string.Equals(hold.PlacedByOrganizationId, context.Submitter, StringComparison.Ordinal);
        return placed || AccountChecks.MayDebit(context.State.Accounts.Find(hold.DestinationAccountId)!, context)
            ? null
            : Rejection.Because(
                RejectionReason.NotAuthorized,
                $"hold_id: only who placed it, or the owner of its destination account, may submit this.");
    }

    private static Rejection Expired() => Rejection.Because(
        RejectionReason.HoldExpired, $"hold_id: the hold ran out by the order's time; place another.");
}
