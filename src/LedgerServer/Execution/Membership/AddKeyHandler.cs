using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Membership;

namespace KpGrpc.LedgerServer.Execution.Membership;

/// <summary>
/// Order of checks: shape, possession proven, key id never used, limit, roles within those that the submitter acts in, so
/// that a restricted key cannot make a stronger one.
/// </summary>
internal sealed class AddKeyHandler() : CommandHandler<AddKey>(CommandKind.AddKey, RoleGroups.All)
{
    /// <inheritdoc/>
    protected override Rejection? Execute(AddKey body, CommandContext context)
    {
        var members = context.State.Membership;
        var rejection = MemberShape.CheckKey("key", body.Key)
            ?? CheckPossession(body)
            ?? CheckNew(body.Key, context.Submitter, members)
            ?? CheckRoles(body.Key, context);
        if (rejection is not null)
        {
            return rejection;
        }

        members.AddKey(context.Submitter, body.Key, context.Sequence);
        context.Record(new KeyAdded(context.Submitter, body.Key));
        return null;
    }

    private static Rejection? CheckPossession(AddKey body) =>
        body.PossessionProven
            ? null
            : Rejection.Because(
                RejectionReason.PossessionNotProven,
                $"proof_of_possession: does not verify under the new key; sign the text that AddKey describes with it.");

    private static Rejection? CheckNew(KeyDefinition key, string submitter, MembershipTable members)
    {
        if (members.FindKey(key.KeyId) is not null)
        {
            return Rejection.Because(
                RejectionReason.KeyAlreadyUsed,
                $"key.key_id: {key.KeyId} was used before; key ids are unique for ever, choose another.");
        }

        return members.CountKeys(submitter) < EngineLimits.KeysPerOrganizationMax
            ? null
            : Rejection.Because(
                RejectionReason.LimitReached,
                $"key: {submitter} has had {EngineLimits.KeysPerOrganizationMax} keys, the most.");
    }

    private static Rejection? CheckRoles(KeyDefinition key, CommandContext context)
    {
        var signer = context.State.Membership.FindKey(context.Command.KeyId)!.Key;
        if (signer.Roles.Count > 0 && key.Roles.Count == 0)
        {
            return Rejection.Because(
                RejectionReason.RoleMissing,
                $"key.roles: a key restricted to roles cannot add one for all roles; name roles among {context.ActingRoles}.");
        }

        return MemberShape.CheckKeyRoles("key.roles", key, context.ActingRoles);
    }
}
