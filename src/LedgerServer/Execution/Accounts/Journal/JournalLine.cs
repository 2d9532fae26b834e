using KpGrpc.LedgerServer.Execution.Effects.Payment;

namespace KpGrpc.LedgerServer.Execution.Accounts.Journal;

/// <summary>One posting of the command that was executed last, on its way to the account's history.</summary>
/// <param name="EffectIndex">Position of the effect in the receipt, from 0.</param>
/// <param name="Part">Position within the effect, from 0; above 0 in batches of transfers alone.</param>
/// <param name="State">Whether it moves money now.</param>
/// <param name="Direction">Side.</param>
/// <param name="Reason">Why.</param>
/// <param name="MinorUnits">How much, in the account's currency.</param>
/// <param name="HoldId">The hold that it belongs to; empty where none.</param>
/// <param name="Source">What it came from.</param>
internal readonly record struct JournalLine(
    uint EffectIndex,
    uint Part,
    PostingState State,
    Direction Direction,
    PostingReason Reason,
    long MinorUnits,
    string HoldId,
    PostingSource Source)
{
    /// <summary>One side of a transfer of a batch.</summary>
    public static JournalLine OfTransfer(uint part, Direction direction, long minorUnits) =>
        new(0, part, PostingState.Posted, direction, PostingReason.Transfer, minorUnits, "", PostingSource.None);

    /// <summary>The line of a recorded posting.</summary>
    public static JournalLine Of(Posting posting, uint effectIndex, PostingSource source) => new(
        effectIndex, 0, posting.State, posting.Direction, posting.Reason, posting.Amount.MinorUnits, posting.HoldId, source);
}
