using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Membership;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Governance;

/// <summary>
/// The rules of a kind that needs k of n approvals. Operators and regulators propose; the proposer's own vote counts where
/// it is an approver, and where that is enough the change takes effect at once. Order of checks: the kind's own, then room
/// for one more change that waits. The kind's own are made again at the last approval.
/// </summary>
internal abstract class ChangeHandler : CommandHandler
{
    /// <inheritdoc/>
    public override RoleSet AllowedRoles => RoleGroups.Approvers;

    /// <summary>Whether the change is possible now.</summary>
    /// <param name="body">The change.</param>
    /// <param name="proposer">Who proposed it; not always the submitter of the command that is executed.</param>
    /// <param name="context">The proposal or the last approval.</param>
    public abstract Rejection? Check(ChangeBody body, string proposer, CommandContext context);

    /// <summary>Makes the change, for which <see cref="Check"/> has just given null, and records its effects.</summary>
    public abstract void Apply(ChangeBody body, string proposer, CommandContext context);

    /// <inheritdoc/>
    public override Rejection? Execute(CommandContext context)
    {
        var body = (ChangeBody)context.Command.Body;
        return Check(body, context.Submitter, context) ?? Propose(body, context);
    }

    /// <summary>Lets a change that was checked wait for approvals, or take effect where the proposer's own is enough.</summary>
    protected Rejection? Propose(ChangeBody body, CommandContext context)
    {
        var (changes, members) = (context.State.Changes, context.State.Membership);
        var votes = members.MayApprove(context.Submitter);
        var needed = members.Policy.ApprovalsNeeded;
        if (votes && needed == 1)
        {
            TakeEffect(body, context.Submitter, context);
            return null;
        }

        if (changes.CheckRoom(context.Submitter, context.OrderedAtMicros) is { } rejection)
        {
            return rejection;
        }

        var hash = context.Command.CommandHash;
        changes.Propose(new PendingChange
        {
            ChangeHash = hash,
            Sequence = context.Sequence,
            ProposedAtMicros = context.OrderedAtMicros,
            ProposedByOrganizationId = context.Submitter,
            Body = body,
            ApprovalsNeeded = needed,
            ApprovedBy = votes ? [context.Submitter] : [],
        });
        context.Record(new ChangeProposed(hash, needed));
        if (votes)
        {
            context.Record(new ChangeVoted(hash, context.Submitter, Reject: false, Applied: false));
        }

        return null;
    }

    /// <summary>Makes the change, and looks again at those that wait: members and policy may be others now.</summary>
    internal void TakeEffect(ChangeBody body, string proposer, CommandContext context)
    {
        Apply(body, proposer, context);
        context.State.Changes.Reconsider(context.State.Membership.Approvers(), context.Sequence);
    }
}
