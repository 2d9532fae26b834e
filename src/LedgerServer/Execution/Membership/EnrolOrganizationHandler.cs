using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Membership;
using KpGrpc.LedgerServer.Execution.Governance;

namespace KpGrpc.LedgerServer.Execution.Membership;

/// <summary>
/// Order of checks: shape, organisation not a member yet, limit, each key id never used, on the ledger or in the command.
/// </summary>
internal sealed class EnrolOrganizationHandler() : ChangeHandler<EnrolOrganization>(CommandKind.EnrolOrganization)
{
    /// <inheritdoc/>
    protected override Rejection? Check(EnrolOrganization body, string proposer, CommandContext context) =>
        MemberShape.Check(body.Organization)
        ?? CheckNew(body.Organization, context.State.Membership)
        ?? CheckKeyIds(body.Organization.Keys, context.State.Membership);

    /// <inheritdoc/>
    protected override void Apply(EnrolOrganization body, string proposer, CommandContext context)
    {
        context.Record(new OrganizationEnrolled(context.State.Membership.Enrol(body.Organization, context.Sequence)));
        foreach (var key in body.Organization.Keys)
        {
            context.Record(new KeyAdded(body.Organization.OrganizationId, key));
        }
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
