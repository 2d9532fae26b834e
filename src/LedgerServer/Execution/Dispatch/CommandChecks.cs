namespace KpGrpc.LedgerServer.Execution.Dispatch;

/// <summary>
/// The checks that every command passes before its handler's own, in this order: organisation known, not suspended; key
/// known, active, of the organisation; order time not before not_before, not after not_after, window of 24 hours at most; kind executed; role.
/// </summary>
internal static class CommandChecks
{
    /// <summary>Returns the first check that fails; null where all pass and the acting roles are set.</summary>
    public static Rejection? Check(CommandContext context, CommandHandler? handler) =>
        CheckMember(context) ?? CheckKey(context) ?? CheckWindow(context) ?? CheckRole(context, handler);

    private static Rejection? CheckMember(CommandContext context)
    {
        var organization = context.State.Membership.FindOrganization(context.Submitter);
        if (organization is null)
        {
            return Rejection.Because(
                RejectionReason.UnknownOrganization,
                $"organization_id: not a member of this ledger at this sequence; have it enrolled first.");
        }

        return organization.Status == Membership.OrganizationStatus.Suspended
            ? Rejection.Because(
                RejectionReason.OrganizationSuspended,
                $"organization_id: {context.Submitter} is suspended and may not submit; have it reinstated first.")
            : null;
    }

    private static Rejection? CheckKey(CommandContext context)
    {
        var key = context.State.Membership.FindKey(context.Command.KeyId);
        if (key is null)
        {
            return Rejection.Because(
                RejectionReason.UnknownKey,
                $"key_id: no such key on this ledger at this sequence; add it first or sign with another.");
        }

        if (key.Status != Membership.KeyStatus.Active)
        {
            return Rejection.Because(
                RejectionReason.KeyRevoked, $"key_id: {key.Key.KeyId} is revoked; sign with an active key.");
        }

        return string.Equals(key.OrganizationId, context.Submitter, StringComparison.Ordinal)
            ? null
            : Rejection.Because(
                RejectionReason.KeyNotOfOrganization,
                $"key_id: {key.Key.KeyId} is not a key of {context.Submitter}; sign with one of its own.");
    }

    private static Rejection? CheckWindow(CommandContext context)
    {
        if (context.OrderedAtMicros < context.Command.NotBeforeMicros)
        {
            return Rejection.Because(
                RejectionReason.NotYetValid,
                $"not_before: the command was ordered before it; send it again later under a new idempotency key.");
        }

        if (context.OrderedAtMicros > context.Command.NotAfterMicros)
        {
            return Rejection.Because(
                RejectionReason.Expired,
                $"not_after: the command was ordered after it; send it again under a new idempotency key and window.");
        }

        return context.Command.IsWindowTooLong(context.OrderedAtMicros)
            ? Rejection.Because(
                RejectionReason.TimeInvalid,
                $"not_after: more than 24 hours after not_before, or after the order's time where that is absent; send it again under a new idempotency key and a shorter window.")
            : null;
    }

    private static Rejection? CheckRole(CommandContext context, CommandHandler? handler)
    {
        if (handler is null)
        {
            return Rejection.Because(
                RejectionReason.CommandUnsupported,
                $"body: engine version {LedgerEngine.Version} does not execute {context.Command.Body.Kind}.");
        }

        context.ActingRoles = context.State.Membership.ActingRoles(context.Submitter, context.Command.KeyId);
        return context.ActingRoles.Overlaps(handler.AllowedRoles)
            ? null
            : Rejection.Because(
                RejectionReason.RoleMissing,
                $"organization_id, key_id: {handler.Kind} needs one of the roles {handler.AllowedRoles} that both organisation and key hold.");
    }
}
