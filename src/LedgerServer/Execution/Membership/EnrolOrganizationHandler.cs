using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Membership;

namespace KpGrpc.LedgerServer.Execution.Membership;

/// <summary>
/// Order of checks: approver, shape, organisation not a member yet, limit, each key id never used, on the ledger or in
/// the command.
/// </summary>
internal sealed class EnrolOrganizationHandler()
    : CommandHandler<EnrolOrganization>(CommandKind.EnrolOrganization, RoleGroups.Approvers)
{
    /// <inheritdoc/>
    protected override Rejection? Execute(EnrolOrganization body, CommandContext context)
    {
        var members = context.State.Membership;
        var rejection = members.CheckApprover(context.Submitter)
            ?? MemberShape.Check(body.Organization)
            ?? CheckNew(body.Organization, members)
            ?? CheckKeyIds(body.Organization.Keys, members);
        if (rejection is not null)
        {
            return rejection;
        }

        context.Record(new OrganizationEnrolled(members.Enrol(body.Organization, context.Sequence)));
        foreach (var key in body.Organization.Keys)
        {
            context.Record(new KeyAdded(body.Organization.OrganizationId, key));
        }

        return null;
    }

    private static Rejection? CheckNew(OrganizationDefinition organization, MembershipTable members)
    {
        if (members.FindOrganization(organization.OrganizationId) is not null)
        {
            return Rejection.Because(
                RejectionReason.AlreadyExists,
                $"organization_id: {organization.OrganizationId} is a member already; choose another id.");
        }

        return members.Organizations.Count < EngineLimits.OrganizationsMax
            ? null
            : Rejection.Because(
                RejectionReason.LimitReached,
                $"organization_id: the ledger has {EngineLimits.OrganizationsMax} members, the most.");
    }

    private static Rejection? CheckKeyIds(IReadOnlyList<KeyDefinition> keys, MembershipTable members)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return Shape.Each(keys, (key, i) => members.FindKey(key.KeyId) is null && seen.Add(key.KeyId)
            ? null
            : Rejection.Because(
                RejectionReason.KeyAlreadyUsed,
                $"keys[{i}].key_id: {key.KeyId} was used before; key ids are unique for ever, choose another."));
    }
}
