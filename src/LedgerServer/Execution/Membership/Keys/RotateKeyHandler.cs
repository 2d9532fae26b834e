using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Membership;

namespace KpGrpc.LedgerServer.Execution.Membership.Keys;

/// <summary>
/// Order of checks: shape, possession proven, old key known, the submitter's, active, not stronger than the signing one;
/// then of the new key as for one that is added, where the old one frees its place.
/// </summary>
internal sealed class RotateKeyHandler() : CommandHandler<RotateKey>(CommandKind.RotateKey, RoleGroups.All)
{
    /// <inheritdoc/>
    protected override Rejection? Execute(RotateKey body, CommandContext context)
    {
        var rejection = Shape.Id("old_key_id", body.OldKeyId)
            ?? MemberShape.CheckKey("new_key", body.NewKey)
            ?? KeyRules.CheckPossession(body.PossessionProven)
            ?? KeyRules.CheckActiveOf("old_key_id", body.OldKeyId, context.Submitter, context.State.Membership)
            ?? KeyRules.CheckNotStronger("old_key_id", body.OldKeyId, context)
            ?? KeyRules.CheckNew("new_key", body.NewKey, context.Submitter, context.State.Membership, replaced: 1)
            ?? KeyRules.CheckRoles("new_key.roles", body.NewKey, context);
        if (rejection is not null)
        {
            return rejection;
        }

        var members = context.State.Membership;
        members.RevokeKey(body.OldKeyId, context.Sequence, body.NewKey.KeyId);
        context.Record(new KeyRevoked(context.Submitter, body.OldKeyId));
        members.AddKey(context.Submitter, body.NewKey, context.Sequence);
        context.Record(new KeyAdded(context.Submitter, body.NewKey));
        return null;
    }
}
