using KpGrpc.LedgerServer.Execution.CoSignatures;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Copyright;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Execution.Ownership;

/// <summary>
/// Order of checks: shape, submitter the giver, work known, not in dispute, giver owns enough, receiver known, number of owners, receiver's
/// co-signature. Agreements do not follow a share: where the receiver is no party, the work sells again once an agreement
/// names it.
/// </summary>
internal sealed class TransferOwnershipHandler()
    : CommandHandler<TransferOwnership>(CommandKind.TransferOwnership, RoleGroups.Trading)
{
    /// <inheritdoc/>
    protected override Rejection? Execute(TransferOwnership body, CommandContext context)
    {
        var transfer = body.Transfer;
        var work = context.State.Works.Find(transfer.WorkId);
        var rejection = CheckShape(body)
            ?? CheckGiver(transfer, context)
            ?? WorkTable.CheckKnown("transfer.work_id", work)
            ?? WorkTable.CheckUndisputed("transfer.work_id", work!)
            ?? CheckShare(transfer, work!.Details.Owners)
            ?? context.State.Membership.CheckKnown("transfer.to_organization_id", transfer.ToOrganizationId);
        if (rejection is not null)
        {
            return rejection;
        }

        var owners = OwnerShares.Pass(
            work!.Details.Owners, transfer.FromOrganizationId, transfer.ToOrganizationId, transfer.Ppm);
        rejection = CheckCount(owners, EngineLimits.OwnersMax) ?? CheckSignature(body, context);
        if (rejection is not null)
        {
            return rejection;
        }

        context.State.Works.Update(work with { Details = work.Details with { Owners = owners } });
        context.Record(new OwnershipTransferred(
            transfer.WorkId, transfer.FromOrganizationId, transfer.ToOrganizationId, transfer.Ppm));
        return null;
    }

    private static Rejection? CheckShape(TransferOwnership body) =>
        Shape.Id("transfer.work_id", body.Transfer.WorkId)
        ?? Shape.Id("transfer.from_organization_id", body.Transfer.FromOrganizationId)
        ?? Shape.Id("transfer.to_organization_id", body.Transfer.ToOrganizationId)
        ?? Shape.Range("transfer.ppm", body.Transfer.Ppm, 1, EngineLimits.WholePpm)
        ?? (string.Equals(body.Transfer.FromOrganizationId, body.Transfer.ToOrganizationId, StringComparison.Ordinal)
            ? Shape.Malformed($"transfer.to_organization_id: must differ from from_organization_id; name the receiver.")
            : null)
        ?? (body.ReceiverSignature is { } signature ? CoSignatureRules.CheckShape("receiver_signature", signature) : null);

    private static Rejection? CheckGiver(OwnershipTransfer transfer, CommandContext context) =>
        string.Equals(transfer.FromOrganizationId, context.Submitter, StringComparison.Ordinal)
            ? null
            : Rejection.Because(
                RejectionReason.NotAuthorized,
                $"transfer.from_organization_id: a share is given by its owner only; let the owner submit it.");

    private static Rejection? CheckShare(OwnershipTransfer transfer, IReadOnlyList<OwnerShare> owners)
    {
        var owned = OwnerShares.Of(owners, transfer.FromOrganizationId);
        return owned >= transfer.Ppm
            ? null
            : Rejection.Because(
                RejectionReason.InsufficientShare,
                $"transfer.ppm: {transfer.FromOrganizationId} owns {owned} ppm of the work; pass at most that.");
    }

    private static Rejection? CheckCount(IReadOnlyList<OwnerShare> owners, int ownersMax) =>
        owners.Count <= ownersMax
            ? null
            : Rejection.Because(
                RejectionReason.LimitReached,
                $"transfer.to_organization_id: the work may have {ownersMax} owners at most; pass to one of them or a whole share.");

    private static Rejection? CheckSignature(TransferOwnership body, CommandContext context)
    {
        if (body.ReceiverSignature is not { } signature)
        {
            return Rejection.Because(
                RejectionReason.CoSignatureMissing,
                $"receiver_signature: {body.Transfer.ToOrganizationId} must agree; add its co-signature.");
        }

        return string.Equals(signature.OrganizationId, body.Transfer.ToOrganizationId, StringComparison.Ordinal)
            ? context.CoSignatures.Check("receiver_signature", signature, body.TermsHash, context)
            : Rejection.Because(
                RejectionReason.CoSignatureInvalid,
                $"receiver_signature.organization_id: must be the receiver {body.Transfer.ToOrganizationId}.");
    }
}
