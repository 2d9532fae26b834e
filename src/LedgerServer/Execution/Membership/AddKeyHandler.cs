using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Membership;
using KpGrpc.LedgerServer.Execution.Membership.Keys;

namespace KpGrpc.LedgerServer.Execution.Membership;

/// <summary>
/// Order of checks: shape, possession proven, key id never used, limits, roles within those that the submitter acts in, so
/// that a restricted key cannot make a stronger one.
/// </summary>
internal sealed class AddKeyHandler() : CommandHandler<AddKey>(CommandKind.AddKey, RoleGroups.All)
{
    /// <inheritdoc/>
    protected override Rejection? Execute(AddKey body, CommandContext context)
    {
        var members = context.State.Membership;
        var rejection = MemberShape.CheckKey("key", body.Key)
            ?? KeyRules.CheckPossession(body.PossessionProven)
            ?? KeyRules.CheckNew("key", body.Key, context.Submitter, members)
            ?? KeyRules.CheckRoles("key.roles", body.Key, context);
        if (rejection is not null)
        {
            return rejection;
        }

        members.AddKey(context.Submitter, body.Key, context.Sequence);
        context.Record(new KeyAdded(context.Submitter, body.Key));
        return null;
    }
}
