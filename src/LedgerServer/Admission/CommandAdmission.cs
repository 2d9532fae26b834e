using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.LedgerServer.Wire;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.LedgerServer.Admission;

/// <summary>
/// The gate before the order: size, decoding, network and ledger, signature, window, and kinds that this release serves.
/// Cheap checks first. It changes nothing; safe from any thread.
/// </summary>
internal sealed class CommandAdmission(AdmissionScope scope, KeyCheck keys, LedgerStore store, TimeProvider time)
{
    /// <summary>Most bytes of a payload: the contract's limit.</summary>
    public const int PayloadBytesMax = 1_048_576;

    /// <summary>Checks a command with a signature of its own.</summary>
    /// <param name="payload">The signed bytes.</param>
    /// <param name="keyId">Key that signed.</param>
    /// <param name="signature">Its signature.</param>
    /// <param name="requestLedgerId">Ledger that the request names; empty for none.</param>
    /// <param name="faults">Receives every malformed field.</param>
    public AdmissionResult Admit(byte[] payload, string keyId, byte[] signature, string requestLedgerId, FieldViolations faults)
    {
        DecodedPayload? decoded = null;
        var refused = Decode(payload, keyId, signature, requestLedgerId, faults, ref decoded)
            ?? UnlessOrdered(keys.Check(decoded!.OrganizationId, keyId, SigningMessages.Payload(payload), signature), decoded)
            ?? CheckBody(decoded);
        return (AdmissionResult?)refused ?? Admit(decoded!, payload, keyId, signature, null);
    }

    /// <summary>
    /// Checks one command of a batch whose signature was checked for <paramref name="organizationId"/>; <paramref name="known"/> is the decoded
    /// payload where that was done before, <paramref name="revoked"/> what to answer to a new command where the batch's key is revoked.
    /// </summary>
    public AdmissionResult AdmitMember(
        byte[] payload, string keyId, byte[] signature, string organizationId, string requestLedgerId, BatchMembership batch, FieldViolations faults,
        DecodedPayload? known = null, Refused? revoked = null)
    {
        var decoded = known;
        var refused = Decode(payload, keyId, signature, requestLedgerId, faults, ref decoded);
        if (refused is null && decoded!.OrganizationId != organizationId)
        {
            refused = new Refused(AdmissionReason.KeyNotOfOrganization, keyId, $"all commands of a batch are of one organisation, here {organizationId}");
        }

        refused ??= UnlessOrdered(revoked, decoded!) ?? CheckBody(decoded!);
        return (AdmissionResult?)refused ?? Admit(decoded!, payload, keyId, signature, batch);
    }

    private static Admitted Admit(DecodedPayload decoded, byte[] payload, string keyId, byte[] signature, BatchMembership? batch) =>
        new(new AdmittedCommand(CommandDecoder.ToCommand(decoded, payload, keyId, signature), payload, signature, batch));

    private Refused? Decode(byte[] payload, string keyId, byte[] signature, string requestLedgerId, FieldViolations faults, ref DecodedPayload? decoded)
    {
        if (payload.Length > PayloadBytesMax)
        {
            return new Refused(AdmissionReason.TooLarge, "payload", $"the payload has {payload.Length} bytes; a ledger takes at most {PayloadBytesMax}");
        }

        faults.Require(payload.Length > 0, "payload", "is required");
        faults.RequireId("key_id", keyId);
        faults.Require(signature.Length == StoredCommand.SignatureBytes, "signature", $"must be exactly {StoredCommand.SignatureBytes} bytes");
        decoded = faults.Any ? null : decoded ?? PayloadDecoder.Decode(payload, faults);
        if (decoded is null)
        {
            return new Refused(AdmissionReason.Malformed, "payload", string.Empty);
        }

        if (decoded.NetworkId != scope.NetworkId)
        {
            return new Refused(AdmissionReason.WrongNetwork, decoded.NetworkId, $"the command is for network {decoded.NetworkId}; this is network {scope.NetworkId}");
        }

        var wanted = requestLedgerId.Length > 0 ? requestLedgerId : scope.LedgerId;
        return decoded.LedgerId == wanted && wanted == scope.LedgerId
            ? null
            : new Refused(AdmissionReason.WrongLedger, decoded.LedgerId, $"the command is for ledger {decoded.LedgerId}; it was sent to ledger {wanted}");
    }

    // A command that was ordered keeps its answer for ever, and the engine gives it: after its window, and after its key is
    // revoked, which a RotateKey signed by the key that it replaces does itself. Nothing new is ordered by that.
    private bool IsOrdered(DecodedPayload decoded) =>
        store.FindByIdempotencyKey(decoded.OrganizationId, decoded.IdempotencyKey.ToBytes()) is not null;

    private Refused? UnlessOrdered(Refused? refused, DecodedPayload decoded) =>
        refused?.Reason == AdmissionReason.KeyRevoked && IsOrdered(decoded) ? null : refused;

    private Refused? CheckBody(DecodedPayload decoded) => decoded.Body is null
        ? new Refused(AdmissionReason.CommandUnsupported, $"kp.ledger.v1.CommandPayload/{decoded.BodyName}", string.Empty)
        : CheckWindow(decoded);

    private Refused? CheckWindow(DecodedPayload decoded)
    {
        var now = UnixMicros.Of(time.GetUtcNow());
        var reason = now > decoded.NotAfterMicros ? AdmissionReason.Expired
            : now < decoded.NotBeforeMicros ? AdmissionReason.NotYetValid
            : decoded.NotAfterMicros - (decoded.NotBeforeMicros ?? now) > EngineLimits.WindowMicrosMax ? AdmissionReason.WindowTooLong
            : (AdmissionReason?)null;

        if (reason is null || IsOrdered(decoded))
        {
            return null;
        }

        return new Refused(
            reason.Value,
            Convert.ToHexStringLower(decoded.IdempotencyKey.ToBytes()),
            reason switch
            {
                AdmissionReason.Expired => "not_after has passed; sign a new command",
                AdmissionReason.NotYetValid => "not_before has not come; send the command later",
                _ => "not_after is more than 24 hours after not_before, or after now where that is absent; sign a command with a shorter window",
            });
    }
}
