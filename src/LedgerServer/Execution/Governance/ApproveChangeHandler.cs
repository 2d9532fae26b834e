using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Membership;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Governance;

/// <summary>
/// Order of checks: shape, change known, not decided, not too old, submitter an approver that has not voted; for the last
/// approval needed, the change's own checks at this place. Where those fail the vote is rejected with their reason and the
/// change waits on: it may become possible again, be voted down, or die of age.
/// </summary>
internal sealed class ApproveChangeHandler() : CommandHandler<ApproveChange>(CommandKind.ApproveChange, RoleGroups.Approvers)
{
    /// <inheritdoc/>
    protected override Rejection? Execute(ApproveChange body, CommandContext context)
    {
        var change = body.ChangeHash is { } hash ? context.State.Changes.FindPending(hash) : null;
        var rejection = CheckWaiting(body, change, context) ?? CheckVoter(change!, context);
        if (rejection is not null)
        {
            return rejection;
        }

        var applies = !body.Reject && change!.ApprovedBy.Count + 1 >= change.ApprovalsNeeded;
        if (applies)
        {
            return TakeEffect(change!, context);
        }

        Vote(change!, body.Reject, context);
        return null;
    }

    private static Rejection? CheckWaiting(ApproveChange body, PendingChange? change, CommandContext context)
    {
        if (body.ChangeHash is not { } hash)
        {
            return Shape.Malformed($"change_hash: 32 bytes, the command hash of the proposal; take it from the proposal's receipt.");
        }

        if (context.State.Changes.FindDecided(hash) is { } decided)
        {
            return Rejection.Because(
                RejectionReason.ChangeAlreadyDecided,
                $"change_hash: the change {(decided.Applied ? "took effect" : "died")} at sequence {decided.AtSequence}; propose another where one is needed.");
        }

        if (change is null)
        {
            return Rejection.Because(
                RejectionReason.UnknownChange, $"change_hash: no change with this hash was proposed; take it from the proposal's receipt.");
        }

        return change.IsExpired(context.OrderedAtMicros)
            ? Rejection.Because(
                RejectionReason.ChangeAlreadyDecided,
                $"change_hash: the change died of age, {EngineLimits.PendingChangeDaysMax} days after its proposal; propose it again.")
            : null;
    }

    private static Rejection? CheckVoter(PendingChange change, CommandContext context)
    {
        if (context.State.Membership.CheckApprover(context.Submitter) is { } rejection)
        {
            return rejection;
        }

        return change.HasVoted(context.Submitter)
            ? Rejection.Because(
                RejectionReason.ChangeAlreadyVoted, $"change_hash: {context.Submitter} has voted on this change; a vote is final.")
            : null;
    }

    private static Rejection? TakeEffect(PendingChange change, CommandContext context)
    {
        var handler = (ChangeHandler)HandlerTable.Find(change.Body.Kind)!;
        if (handler.Check(change.Body, change.ProposedByOrganizationId, context) is { } impossible)
        {
            return Rejection.Because(
                impossible.Reason, $"change_hash: the change cannot take effect at this place: {impossible.Message}");
        }

        context.State.Changes.Decide(change, applied: true, context.Sequence);
        context.Record(new ChangeVoted(change.ChangeHash, context.Submitter, Reject: false, Applied: true));
        handler.TakeEffect(change.Body, change.ProposedByOrganizationId, context);
        return null;
    }

    private static void Vote(PendingChange change, bool reject, CommandContext context)
    {
        var voted = reject
            ? change with { RejectedBy = [.. change.RejectedBy, context.Submitter] }
            : change with { ApprovedBy = [.. change.ApprovedBy, context.Submitter] };
        context.State.Changes.Update(voted);
        context.Record(new ChangeVoted(change.ChangeHash, context.Submitter, reject, Applied: false));
        if (context.State.Membership.Approvers().Count - voted.RejectedBy.Count < voted.ApprovalsNeeded)
        {
            context.State.Changes.Decide(voted, applied: false, context.Sequence);
        }
    }
}
