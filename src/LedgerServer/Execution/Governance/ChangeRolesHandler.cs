using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Membership;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Governance;

/// <summary>
/// Order of checks: shape, organisation known, enough approvers left. Keys that were given a role which goes act in it no
/// more, and in it again where it comes back.
/// </summary>
internal sealed class ChangeRolesHandler() : ChangeHandler<ChangeRoles>(CommandKind.ChangeRoles)
{
    /// <inheritdoc/>
    protected override Rejection? Check(ChangeRoles body, string proposer, CommandContext context)
    {
        var members = context.State.Membership;
        return Shape.Id("organization_id", body.OrganizationId)
            ?? Shape.Range("roles.count", body.Roles.Count, 1, 7)
            ?? MemberShape.CheckRoles("roles", body.Roles)
            ?? members.CheckKnown("organization_id", body.OrganizationId)
            ?? members.CheckEnoughApprovers(
                "roles",
                members.Policy,
                members.FindOrganization(body.OrganizationId)! with { Roles = RoleSet.Of([.. body.Roles]) });
    }

    /// <inheritdoc/>
    protected override void Apply(ChangeRoles body, string proposer, CommandContext context)
    {
        var members = context.State.Membership;
        var roles = RoleSet.Of([.. body.Roles]);
        members.Change(members.FindOrganization(body.OrganizationId)! with { Roles = roles }, context.Sequence);
        context.Record(new RolesChanged(body.OrganizationId, roles));
    }
}
