using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Copyright;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Works;

/// <summary>
/// Order of checks: shape, shares, submitter an owner, owners known, co-signatures, no ancestors (royalties are not
/// served yet, and a royalty that is not paid must not be promised), id new.
/// </summary>
internal sealed class RegisterWorkHandler()
    : CommandHandler<RegisterWork>(CommandKind.RegisterWork, RoleSet.Of(Role.Producer))
{
    /// <inheritdoc/>
    protected override Rejection? Execute(RegisterWork body, CommandContext context)
    {
        var rejection = WorkShape.Check(body.Work)
            ?? CheckShares(body.Work.Owners)
            ?? CheckOwners(body.Work.Owners, context)
            ?? CheckCoSignatures(body)
            ?? CheckAncestors(body.Work)
            ?? CheckNew(body.Work, context.State.Works);
        if (rejection is not null)
        {
            return rejection;
        }

        context.State.Works.Add(new Work
        {
            Details = body.Work,
            DetailsHash = body.DetailsHash,
            RegisteredByOrganizationId = context.Submitter,
            RegisteredAtSequence = context.Sequence,
            RegisteredAtMicros = context.OrderedAtMicros,
        });
        context.Record(new WorkRegistered(body.Work.WorkId, body.DetailsHash, body.Work.Owners));
        return null;
    }

    private static Rejection? CheckShares(IReadOnlyList<OwnerShare> owners)
    {
        var sum = 0UL;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var owner in owners)
        {
            sum += owner.Ppm;
            if (!seen.Add(owner.OrganizationId))
            {
                return Rejection.Because(
                    RejectionReason.SharesInvalid, $"work.owners: {owner.OrganizationId} comes twice; add its shares up.");
            }
        }

        return sum == EngineLimits.WholePpm
            ? null
            : Rejection.Because(
                RejectionReason.SharesInvalid,
                $"work.owners: the shares sum to {sum} ppm; they must sum to exactly {EngineLimits.WholePpm}.");
    }

    private static Rejection? CheckOwners(IReadOnlyList<OwnerShare> owners, CommandContext context)
    {
        if (!owners.Any(owner => string.Equals(owner.OrganizationId, context.Submitter, StringComparison.Ordinal)))
        {
            return Rejection.Because(
                RejectionReason.NotAuthorized,
                $"work.owners: {context.Submitter} is not among them; a work is registered by one of its owners.");
        }

        return Shape.Each(owners, (owner, i) =>
            context.State.Membership.CheckKnown($"work.owners[{i}].organization_id", owner.OrganizationId));
    }

    private static Rejection? CheckCoSignatures(RegisterWork body)
    {
        if (body.Work.Owners.Count > 1)
        {
            return Rejection.Because(
                RejectionReason.CoSignatureMissing,
                $"co_signatures: works of several owners are not served yet; register it with a single owner.");
        }

        return body.CoSignatureCount == 0
            ? null
            : Rejection.Because(
                RejectionReason.CoSignatureInvalid, $"co_signatures: a single owner needs none; leave them out.");
    }

    private static Rejection? CheckAncestors(WorkDetails work) =>
        work.Ancestors.Count == 0
            ? null
            : Rejection.Because(
                RejectionReason.RoyaltyInvalid,
                $"work.ancestors: derivative works and royalties are not served yet; register it without ancestors.");

    private static Rejection? CheckNew(WorkDetails work, WorkTable works) =>
        works.Find(work.WorkId) is null
            ? null
            : Rejection.Because(
                RejectionReason.AlreadyExists, $"work.work_id: {work.WorkId} is registered already; choose another id.");
}
