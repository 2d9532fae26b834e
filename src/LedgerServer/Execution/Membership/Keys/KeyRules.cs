using KpGrpc.LedgerServer.Execution.Dispatch;

namespace KpGrpc.LedgerServer.Execution.Membership.Keys;

/// <summary>Checks that the commands about a member's own keys share.</summary>
internal static class KeyRules
{
    /// <summary>Whether the new key has signed where it is going to be added.</summary>
    public static Rejection? CheckPossession(bool proven) =>
        proven
            ? null
            : Rejection.Because(
                RejectionReason.PossessionNotProven,
                $"proof_of_possession: does not verify under the new key; sign the text that AddKey describes with it.");

    /// <summary>Whether a key was never used, and its organisation may have one more.</summary>
    /// <param name="field">Field of the key.</param>
    /// <param name="key">The key.</param>
    /// <param name="owner">Its organisation.</param>
    /// <param name="members">Members and keys.</param>
    /// <param name="replaced">Active keys that go with the same command.</param>
    public static Rejection? CheckNew(string field, KeyDefinition key, string owner, MembershipTable members, int replaced = 0)
    {
        if (members.FindKey(key.KeyId) is not null)
        {
            return Rejection.Because(
                RejectionReason.KeyAlreadyUsed,
                $"{field}.key_id: {key.KeyId} was used before; key ids are unique for ever, choose another.");
        }

        if (members.CountActiveKeys(owner) - replaced >= EngineLimits.KeysPerOrganizationMax)
        {
            return Rejection.Because(
                RejectionReason.LimitReached,
                $"{field}: {owner} has {EngineLimits.KeysPerOrganizationMax} active keys, the most; revoke or rotate one.");
        }

        return members.CountKeys(owner) < EngineLimits.KeysEverPerOrganizationMax
            ? null
            : Rejection.Because(
                RejectionReason.LimitReached,
                $"{field}: {owner} has had {EngineLimits.KeysEverPerOrganizationMax} keys, the most; go on with those that are active.");
    }

    /// <summary>Whether a new key gets only roles that the submitter acts in, so that a restricted key cannot make a stronger one.</summary>
    public static Rejection? CheckRoles(string field, KeyDefinition key, CommandContext context)
    {
        var signer = context.State.Membership.FindKey(context.Command.KeyId)!.Key;
        if (signer.Roles.Count > 0 && key.Roles.Count == 0)
        {
            return Rejection.Because(
                RejectionReason.RoleMissing,
                $"{field}: a key restricted to roles cannot add one for all roles; name roles among {context.ActingRoles}.");
        }

        return MemberShape.CheckKeyRoles(field, key, context.ActingRoles);
    }

    /// <summary>Whether a key exists, is of an organisation, and active.</summary>
    public static Rejection? CheckActiveOf(string field, string keyId, string owner, MembershipTable members)
    {
        if (members.FindKey(keyId) is not { } key)
        {
            return Rejection.Because(RejectionReason.UnknownKey, $"{field}: no such key on this ledger; name one of {owner}.");
        }

        if (key.OrganizationId != owner)
        {
            return Rejection.Because(RejectionReason.KeyNotOfOrganization, $"{field}: {keyId} is not a key of {owner}; name one of its own.");
        }

        return key.Status == KeyStatus.Active
            ? null
            : Rejection.Because(RejectionReason.KeyRevoked, $"{field}: {keyId} is revoked already; nothing is to do.");
    }

    /// <summary>Whether the signing key may end another of its organisation: itself, or one that acts in none but its own roles.</summary>
    public static Rejection? CheckNotStronger(string field, string keyId, CommandContext context)
    {
        var (signer, key) = (context.State.Membership.FindKey(context.Command.KeyId)!.Key, context.State.Membership.FindKey(keyId)!.Key);
        var allowed = signer.Roles.Count == 0
            || signer.KeyId == keyId
            || (key.Roles.Count > 0 && RoleSet.Of([.. key.Roles]).IsSubsetOf(RoleSet.Of([.. signer.Roles])));
        return allowed
            ? null
            : Rejection.Because(
                RejectionReason.RoleMissing,
                $"{field}: {keyId} acts in roles that the signing key does not have; sign with a stronger one.");
    }
}
