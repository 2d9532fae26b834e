using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Admission;

/// <summary>
/// Whether a signature is by a key that may sign for an organisation, by the newest membership. The engine checks the
/// key again at the command's place in the order; this check keeps strangers out of the queue. Safe from any thread.
/// </summary>
internal sealed class KeyCheck(MembershipTable membership)
{
    /// <summary>Null where the signature counts.</summary>
    public Refused? Check(string organizationId, string keyId, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (membership.FindKey(keyId) is not { } key)
        {
            return new Refused(AdmissionReason.UnknownKey, keyId, $"key {keyId} is not known on this ledger");
        }

        if (key.OrganizationId != organizationId)
        {
            return new Refused(AdmissionReason.KeyNotOfOrganization, keyId, $"key {keyId} does not belong to organisation {organizationId}");
        }

        if (key.Status != KeyStatus.Active)
        {
            return new Refused(AdmissionReason.KeyRevoked, keyId, $"key {keyId} is revoked; sign with an active key");
        }

        return KeySignatures.Instance.Verify(key.Key, message, signature)
            ? null
            : new Refused(AdmissionReason.SignatureInvalid, keyId, $"the signature does not verify under key {keyId}; sign the prefix and the payload exactly as sent");
    }
}
