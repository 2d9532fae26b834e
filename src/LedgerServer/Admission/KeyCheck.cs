using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Admission;

/// <summary>
/// Whether a signature is by a key that may sign for an organisation, by the newest membership. The engine checks the
/// key again at the command's place in the order; this check keeps strangers out of the queue. Safe from any thread.
/// </summary>
internal sealed class KeyCheck(MembershipTable membership)
{
    /// <summary>
    /// Null where the signature counts. <see cref="AdmissionReason.KeyRevoked"/> comes last: the signature does verify, so that
    /// what the key signed while it was active, and was ordered then, can still be answered.
    /// </summary>
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

        if (!KeySignatures.Instance.Verify(key.Key, message, signature))
        {
            return new Refused(AdmissionReason.SignatureInvalid, keyId, $"the signature does not verify under key {keyId}; sign the prefix and the payload exactly as sent");
        }

        return key.Status == KeyStatus.Active
            ? null
            : new Refused(AdmissionReason.KeyRevoked, keyId, $"key {keyId} is revoked; sign with an active key");
    }
}
