using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Membership;
using KpGrpc.LedgerServer.Execution.Governance;

namespace KpGrpc.LedgerServer.Execution.Membership.Keys;

/// <summary>
/// A member revokes its own keys at once, except the last active one; operators and regulators propose to revoke any.
/// Order of checks: shape; another's key only in a role that proposes; organisation known; key known, of the organisation,
/// active; not the last one of an approver that the policy needs; an own key that goes at once not stronger than the
/// signing one; an own last key only in a role that proposes.
/// </summary>
internal sealed class RevokeKeyHandler() : ChangeHandler<RevokeKey>(CommandKind.RevokeKey)
{
    /// <inheritdoc/>
    public override RoleSet AllowedRoles => RoleGroups.All;

    /// <inheritdoc/>
    public override Rejection? Execute(CommandContext context)
    {
        var body = (RevokeKey)context.Command.Body;
        var owner = Owner(body, context.Submitter);
        var own = owner == context.Submitter;
        var proposes = context.ActingRoles.Overlaps(RoleGroups.Approvers);
        var rejection = CheckShape(body) ?? (own || proposes ? null : Foreign()) ?? Check(body, context.Submitter, context);
        if (rejection is not null)
        {
            return rejection;
        }

        if (own && context.State.Membership.CountActiveKeys(owner) > 1)
        {
            return RevokeAtOnce(body, context);
        }

        return proposes ? Propose(body, context) : LastKey(body.KeyId);
    }

    /// <inheritdoc/>
    protected override Rejection? Check(RevokeKey body, string proposer, CommandContext context)
    {
        var (owner, members) = (Owner(body, proposer), context.State.Membership);
        return CheckShape(body)
            ?? members.CheckKnown("organization_id", owner)
            ?? KeyRules.CheckActiveOf("key_id", body.KeyId, owner, members)
            ?? CheckLast(owner, members);
    }

    /// <inheritdoc/>
    protected override void Apply(RevokeKey body, string proposer, CommandContext context)
    {
        context.State.Membership.RevokeKey(body.KeyId, context.Sequence, replacedBy: "");
        context.Record(new KeyRevoked(Owner(body, proposer), body.KeyId));
    }

    private Rejection? RevokeAtOnce(RevokeKey body, CommandContext context)
    {
        if (KeyRules.CheckNotStronger("key_id", body.KeyId, context) is { } rejection)
        {
            return rejection;
        }

        Apply(body, context.Submitter, context);
        return null;
    }

    private static string Owner(RevokeKey body, string proposer) => body.OrganizationId.Length == 0 ? proposer : body.OrganizationId;

    private static Rejection? CheckShape(RevokeKey body) =>
        Shape.OptionalId("organization_id", body.OrganizationId)
        ?? Shape.Id("key_id", body.KeyId)
        ?? Shape.Text("reason", body.Reason, 0, 512);

    // Without a key an organisation votes no more, and nobody else can give it one.
    private static Rejection? CheckLast(string owner, MembershipTable members) =>
        members.CountActiveKeys(owner) > 1
            ? null
            : members.CheckEnoughApprovers(
                "key_id", members.Policy, members.FindOrganization(owner)! with { Status = OrganizationStatus.Suspended });

    private static Rejection Foreign() => Rejection.Because(
        RejectionReason.RoleMissing,
        $"organization_id: keys of others are revoked by operators and regulators; let one of them propose it.");

    private static Rejection LastKey(string keyId) => Rejection.Because(
        RejectionReason.LastKey,
        $"key_id: {keyId} is the last active key; rotate it, add another first, or let an operator or regulator propose it.");
}
