using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Holds.Foreign;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Holds;

/// <summary>
/// Order of checks: shape, hold known, open, submitter placed it or owns the destination (anyone may finish the receiving
/// side of a movement between ledgers, as its proof decides), the other ledger's proof. A hold that has run out may still
/// be released while no receipt tells it; the effect then says that it ran out.
/// </summary>
internal sealed class ReleaseHoldHandler() : CommandHandler<ReleaseHold>(CommandKind.ReleaseHold, RoleGroups.Trading)
{
    /// <inheritdoc/>
    protected override Rejection? Execute(ReleaseHold body, CommandContext context)
    {
        var hold = context.State.Holds.Find(body.HoldId);
        var rejection = Shape.Id("hold_id", body.HoldId)
            ?? HoldChecks.Open(hold)
            ?? (ForeignRules.IsReceiving(hold!) ? null : HoldChecks.Authorized(hold!, context))
            ?? ForeignRules.CheckRelease(body.ForeignReceipt, hold!, context);
        if (rejection is not null)
        {
            return rejection;
        }

        HoldMovements.Release(context, hold!, expired: hold!.IsOverAt(context.OrderedAtMicros));
        return null;
    }
}
