using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution.CoSignatures;

/// <summary>Whether co-signatures count, by the keys at the command's place in the order.</summary>
/// <param name="networkId">Network that they must name.</param>
/// <param name="ledgerId">Ledger that they must name.</param>
/// <param name="signatures">Does the cryptography.</param>
internal sealed class CoSignatureRules(string networkId, string ledgerId, ISignatureVerifier signatures)
{
    /// <summary>
    /// Order: key known, active, of the organisation; organisation not suspended; key for a trading role; terms are the
    /// command's; signature verifies. The last is by far the dearest, so callers put this after their other checks.
    /// </summary>
    /// <param name="field">Field of the co-signature, for the message.</param>
    /// <param name="given">The co-signature, of a member.</param>
    /// <param name="termsHash">SHA-256 of the command's terms.</param>
    /// <param name="context">The command.</param>
    public Rejection? Check(string field, CoSignature given, Hash256 termsHash, CommandContext context)
    {
        var members = context.State.Membership;
        var key = members.FindKey(given.KeyId);
        if (key is null
            || key.Status != KeyStatus.Active
            || !string.Equals(key.OrganizationId, given.OrganizationId, StringComparison.Ordinal))
        {
            return Invalid($"{field}.key_id: not an active key of {given.OrganizationId}; sign with one that is.");
        }

        if (members.FindOrganization(given.OrganizationId)!.Status == OrganizationStatus.Suspended)
        {
            return Invalid($"{field}.organization_id: {given.OrganizationId} is suspended and cannot agree; have it reinstated first.");
        }

        if (!members.ActingRoles(given.OrganizationId, given.KeyId).Overlaps(RoleGroups.Trading))
        {
            return Invalid($"{field}.key_id: needs one of the roles {RoleGroups.Trading}; sign with another key.");
        }

        if (given.TermsHash != termsHash)
        {
            return Invalid($"{field}.terms_hash: not the hash of this command's terms; have these terms signed.");
        }

        return signatures.Verify(
            key.Key, CoSignatureMessage.Of(networkId, ledgerId, context.Command, termsHash), given.Signature.Span)
            ? null
            : Invalid($"{field}.signature: does not verify under key {given.KeyId}; sign the text that CoSignature describes.");
    }

    /// <summary>Ranges of a co-signature's fields.</summary>
    public static Rejection? CheckShape(string field, CoSignature given) =>
        Shape.Id(field + ".organization_id", given.OrganizationId)
        ?? Shape.Id(field + ".key_id", given.KeyId)
        ?? Shape.Range(field + ".signature.length", given.Signature.Length, 64, 64);

    private static Rejection Invalid(FormattableString message) =>
        Rejection.Because(RejectionReason.CoSignatureInvalid, message);
}
