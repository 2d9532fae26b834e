using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Membership;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Governance;

/// <summary>Order of checks: shape, organisation known, suspended.</summary>
internal sealed class ReinstateOrganizationHandler() : ChangeHandler<ReinstateOrganization>(CommandKind.ReinstateOrganization)
{
    /// <inheritdoc/>
    protected override Rejection? Check(ReinstateOrganization body, string proposer, CommandContext context) =>
        Shape.Id("organization_id", body.OrganizationId)
        ?? context.State.Membership.CheckKnown("organization_id", body.OrganizationId)
        ?? CheckSuspended(context.State.Membership.FindOrganization(body.OrganizationId)!);

    /// <inheritdoc/>
    protected override void Apply(ReinstateOrganization body, string proposer, CommandContext context)
    {
        var members = context.State.Membership;
        members.Change(members.FindOrganization(body.OrganizationId)! with
        {
            Status = OrganizationStatus.Active,
            SuspendedAtSequence = null,
        }, context.Sequence);
        context.Record(new OrganizationReinstated(body.OrganizationId));
    }

    private static Rejection? CheckSuspended(Organization organization) =>
        organization.Status == OrganizationStatus.Suspended
            ? null
            : Rejection.Because(
                RejectionReason.OrganizationNotSuspended,
                $"organization_id: {organization.OrganizationId} is not suspended; nothing is to do.");
}
