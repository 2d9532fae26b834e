using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution.Holds;

/// <summary>
/// What becomes of a hold's money. Nothing here can be refused: the rules of both accounts were met when the hold was
/// placed, and what it reserves was kept from everything else since, so a capture moves exactly what was kept.
/// </summary>
internal static class HoldMovements
{
    /// <summary>Captures a part: takes its reservation back and posts it.</summary>
    /// <param name="context">The command.</param>
    /// <param name="hold">The hold, open and not due.</param>
    /// <param name="amount">Above 0, at most what remains.</param>
    /// <param name="reason">Why it is posted.</param>
    /// <param name="foreignLeafHash">Leaf hash of the other ledger's receipt; null where none.</param>
    /// <returns>The hold afterwards.</returns>
    public static HoldRecord Capture(
        CommandContext context, HoldRecord hold, Money amount, PostingReason reason, Hash256? foreignLeafHash = null)
    {
        var captured = hold.CapturedMinorUnits + amount.MinorUnits;
        var after = hold with
        {
            CapturedMinorUnits = captured,
            Status = captured == hold.Amount.MinorUnits ? HoldStatus.Captured : HoldStatus.Open,
        };
        context.State.Holds.Replace(after);
        var draft = new PostingDraft(context.State.Accounts);
        var (account, destination) = DraftRelease(draft, context, hold, amount);
        var refused = draft.Force("hold_id", account, Direction.Debit, amount, reason, hold.HoldId)
            ?? draft.Force("hold_id", destination, Direction.Credit, amount, reason, hold.HoldId);
        if (refused is not null)
        {
            throw new InvalidOperationException($"hold {hold.HoldId} was not counted in a sum's range; this is a fault of the rules.");
        }

        draft.Commit(context, PostingSource.None);
        context.Record(new HoldCaptured(hold.HoldId, amount, after.Remaining, foreignLeafHash));
        return after;
    }

    /// <summary>Releases all that remains.</summary>
    /// <param name="context">The command.</param>
    /// <param name="hold">The hold, open.</param>
    /// <param name="expired">Whether it ran out by the order's time.</param>
    public static void Release(CommandContext context, HoldRecord hold, bool expired)
    {
        context.State.Holds.Replace(hold with { Status = expired ? HoldStatus.Expired : HoldStatus.Released });
        var draft = new PostingDraft(context.State.Accounts);
        DraftRelease(draft, context, hold, hold.Remaining);
        draft.Commit(context, PostingSource.None);
        context.Record(new HoldReleased(hold.HoldId, hold.Remaining, expired));
    }

    private static (Account Account, Account Destination) DraftRelease(
        PostingDraft draft, CommandContext context, HoldRecord hold, Money amount)
    {
        var account = context.State.Accounts.Find(hold.AccountId)!.Account;
        var destination = context.State.Accounts.Find(hold.DestinationAccountId)!.Account;
        draft.Release(account, Direction.Debit, amount, hold.HoldId);
        draft.Release(destination, Direction.Credit, amount, hold.HoldId);
        return (account, destination);
    }
}
