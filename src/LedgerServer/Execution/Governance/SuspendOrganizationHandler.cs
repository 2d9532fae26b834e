using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Membership;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Governance;

/// <summary>Order of checks: shape, organisation known, not suspended yet, enough approvers left to undo it.</summary>
internal sealed class SuspendOrganizationHandler() : ChangeHandler<SuspendOrganization>(CommandKind.SuspendOrganization)
{
    /// <inheritdoc/>
    protected override Rejection? Check(SuspendOrganization body, string proposer, CommandContext context)
    {
        var members = context.State.Membership;
        return Shape.Id("organization_id", body.OrganizationId)
            ?? Shape.Text("reason", body.Reason, 1, 512)
            ?? members.CheckKnown("organization_id", body.OrganizationId)
            ?? CheckActive(members.FindOrganization(body.OrganizationId)!, members);
    }

    /// <inheritdoc/>
    protected override void Apply(SuspendOrganization body, string proposer, CommandContext context)
    {
        var members = context.State.Membership;
        members.Change(members.FindOrganization(body.OrganizationId)! with
        {
            Status = OrganizationStatus.Suspended,
            SuspendedAtSequence = context.Sequence,
        }, context.Sequence);
        context.Record(new OrganizationSuspended(body.OrganizationId));
    }

    private static Rejection? CheckActive(Organization organization, MembershipTable members) =>
        organization.Status == OrganizationStatus.Suspended
            ? Rejection.Because(
                RejectionReason.OrganizationSuspended,
                $"organization_id: {organization.OrganizationId} is suspended already; nothing is to do.")
            : members.CheckEnoughApprovers(
                "organization_id", members.Policy, organization with { Status = OrganizationStatus.Suspended });
}
