using KpGrpc.LedgerServer.Execution.CoSignatures;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Copyright;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Licences;

/// <summary>
/// Order of checks: shape, licence known, active, transferable, new holder another one, known, with room, who may pass it.
/// An organisation passes its own, or has signed. A learner's licence is passed by who granted or sold it to the learner:
/// it alone knows that the learner wants it.
/// </summary>
internal sealed class TransferLicenceHandler()
    : CommandHandler<TransferLicence>(CommandKind.TransferLicence, RoleGroups.Trading)
{
    /// <inheritdoc/>
    protected override Rejection? Execute(TransferLicence body, CommandContext context)
    {
        var licence = context.State.Licences.Find(body.Transfer.LicenceId);
        var rejection = CheckShape(body)
            ?? CheckPassable(licence, context.OrderedAtMicros)
            ?? CheckOther(licence!, body.Transfer.To)
            ?? LicenceHolderRules.CheckMayHold("transfer.to", body.Transfer.To, licence!.WorkId, context)
            ?? CheckMayPass(body, licence, context);
        if (rejection is not null)
        {
            return rejection;
        }

        context.State.Licences.Update(
            licence! with { Holder = body.Transfer.To, HeldSinceSequence = context.Sequence }, context.OrderedAtMicros);
        context.Record(new LicenceTransferred(body.Transfer.LicenceId, body.Transfer.To));
        return null;
    }

    private static Rejection? CheckShape(TransferLicence body) =>
        Shape.Id("transfer.licence_id", body.Transfer.LicenceId)
        ?? LicenceHolderRules.CheckShape("transfer.to", body.Transfer.To)
        ?? (body.HolderSignature is { } signature ? CoSignatureRules.CheckShape("holder_signature", signature) : null);

    private static Rejection? CheckPassable(Licence? licence, long now)
    {
        if (LicenceRules.CheckActive("transfer.licence_id", licence, now) is { } rejection)
        {
            return rejection;
        }

        return licence!.Terms.Transferable
            ? null
            : Rejection.Because(
                RejectionReason.LicenceNotTransferable, $"transfer.licence_id: its terms forbid passing it on.");
    }

    private static Rejection? CheckOther(Licence licence, LicenceHolder to) =>
        licence.Holder != to
            ? null
            : Rejection.Because(RejectionReason.AlreadyLicensed, $"transfer.to: holds the licence already; nothing is to do.");

    private static Rejection? CheckMayPass(TransferLicence body, Licence licence, CommandContext context)
    {
        var passer = licence.Holder.OrganizationId ?? licence.GrantedByOrganizationId;
        var isPasser = string.Equals(passer, context.Submitter, StringComparison.Ordinal);
        if (body.HolderSignature is not { } signature)
        {
            return isPasser ? null : CheckWithoutSignature(licence);
        }

        return isPasser || !string.Equals(signature.OrganizationId, licence.Holder.OrganizationId, StringComparison.Ordinal)
            ? Rejection.Because(
                RejectionReason.CoSignatureInvalid,
                $"holder_signature: only the holding organisation signs, and not where it submits itself; leave it out.")
            : context.CoSignatures.Check("holder_signature", signature, body.TermsHash, context);
    }

    private static Rejection CheckWithoutSignature(Licence licence) =>
        licence.Holder.OrganizationId is { } holder
            ? Rejection.Because(
                RejectionReason.CoSignatureMissing, $"holder_signature: {holder} holds the licence; add its co-signature.")
            : Rejection.Because(
                RejectionReason.NotAuthorized,
                $"transfer.licence_id: a learner's licence is passed on by who granted or sold it; let that organisation submit it.");
}
