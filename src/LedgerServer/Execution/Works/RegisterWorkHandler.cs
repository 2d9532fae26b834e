using KpGrpc.LedgerServer.Execution.CoSignatures;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Copyright;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Royalties;

namespace KpGrpc.LedgerServer.Execution.Works;

/// <summary>
/// Order of checks: shape, shares, submitter an owner, owners known, one co-signature for each other owner and no further
/// ones, ancestors, id new, co-signatures valid.
/// </summary>
internal sealed class RegisterWorkHandler()
    : CommandHandler<RegisterWork>(CommandKind.RegisterWork, RoleSet.Of(Role.Producer))
{
    /// <inheritdoc/>
    protected override Rejection? Execute(RegisterWork body, CommandContext context)
    {
        var rejection = WorkShape.Check(body.Work)
            ?? CheckSignatureShapes(body.CoSignatures)
            ?? OwnerShares.CheckWhole("work.owners", body.Work.Owners)
            ?? CheckOwners(body.Work.Owners, context)
            ?? CheckComplete(body, context.Submitter)
            ?? AncestorRules.Check(body.Work, context.State.Works)
            ?? CheckNew(body.Work, context.State.Works)
            ?? Shape.Each(body.CoSignatures, (signature, i) =>
                context.CoSignatures.Check($"co_signatures[{i}]", signature, body.DetailsHash, context));
        if (rejection is not null)
        {
            return rejection;
        }

        context.State.Works.Add(new Work
        {
            Details = body.Work,
            DetailsHash = body.DetailsHash,
            Depth = AncestorRules.DepthOf(body.Work, context.State.Works),
            RegisteredByOrganizationId = context.Submitter,
            RegisteredAtSequence = context.Sequence,
            RegisteredAtMicros = context.OrderedAtMicros,
        });
        context.Record(new WorkRegistered(body.Work.WorkId, body.DetailsHash, body.Work.Owners));
        return null;
    }

    private static Rejection? CheckSignatureShapes(IReadOnlyList<CoSignature> signatures) =>
        Shape.Range("co_signatures.count", signatures.Count, 0, EngineLimits.OwnersMax - 1)
        ?? Shape.Each(signatures, (signature, i) => CoSignatureRules.CheckShape($"co_signatures[{i}]", signature));

    private static Rejection? CheckOwners(IReadOnlyList<OwnerShare> owners, CommandContext context)
    {
        if (OwnerShares.Of(owners, context.Submitter) == 0)
        {
            return Rejection.Because(
                RejectionReason.NotAuthorized,
                $"work.owners: {context.Submitter} is not among them; a work is registered by one of its owners.");
        }

        return Shape.Each(owners, (owner, i) =>
            context.State.Membership.CheckKnown($"work.owners[{i}].organization_id", owner.OrganizationId));
    }

    private static Rejection? CheckComplete(RegisterWork body, string submitter)
    {
        var signers = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < body.CoSignatures.Count; i++)
        {
            var signer = body.CoSignatures[i].OrganizationId;
            if (!signers.Add(signer)
                || string.Equals(signer, submitter, StringComparison.Ordinal)
                || OwnerShares.Of(body.Work.Owners, signer) == 0)
            {
                return Rejection.Because(
                    RejectionReason.CoSignatureInvalid,
                    $"co_signatures[{i}]: one for each owner other than {submitter} is needed and no further one; leave it out.");
            }
        }

        return Shape.Each(body.Work.Owners, (owner, i) =>
            string.Equals(owner.OrganizationId, submitter, StringComparison.Ordinal) || signers.Contains(owner.OrganizationId)
                ? null
                : Rejection.Because(
                    RejectionReason.CoSignatureMissing,
                    $"co_signatures: {owner.OrganizationId} owns a share and has not signed; add its co-signature."));
    }

    private static Rejection? CheckNew(WorkDetails work, WorkTable works) =>
        works.Find(work.WorkId) is null
            ? null
            : Rejection.Because(
                RejectionReason.AlreadyExists, $"work.work_id: {work.WorkId} is registered already; choose another id.");
}
