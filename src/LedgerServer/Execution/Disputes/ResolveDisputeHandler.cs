using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Copyright;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Execution.Disputes;

/// <summary>
/// Order of checks: shape, shares, dispute known, open, submitter an approver, submitter without a stake, new owners known,
/// vote not cast before, and with the deciding vote the payout. An approver may change its vote, so that different wishes
/// cannot lock a dispute for ever; only votes of those who are approvers still are counted.
/// </summary>
internal sealed class ResolveDisputeHandler()
    : CommandHandler<ResolveDispute>(CommandKind.ResolveDispute, RoleGroups.Approvers)
{
    /// <inheritdoc/>
    protected override Rejection? Execute(ResolveDispute body, CommandContext context)
    {
        var dispute = context.State.Disputes.Find(body.DisputeId);
        var vote = new DisputeVote(
            context.Submitter, body.Upheld, [.. body.Owners.OrderBy(owner => owner.OrganizationId, StringComparer.Ordinal)]);
        var rejection = CheckShape(body)
            ?? CheckOpen(dispute)
            ?? context.State.Membership.CheckApprover(context.Submitter)
            ?? CheckImpartial(vote, dispute!, context.State)
            ?? Shape.Each(body.Owners, (owner, i) =>
                context.State.Membership.CheckKnown($"owners[{i}].organization_id", owner.OrganizationId))
            ?? CheckNewVote(vote, dispute!);
        if (rejection is not null)
        {
            return rejection;
        }

        var voted = dispute! with { Votes = Replace(dispute.Votes, vote) };
        if (Count(voted, vote, context.State.Membership) < context.State.Membership.Policy.ApprovalsNeeded)
        {
            context.State.Disputes.Update(voted);
            context.Record(VotedOf(vote, body.DisputeId));
            return null;
        }

        return Decide(voted, vote, context);
    }

    private static Rejection? Decide(Dispute dispute, DisputeVote vote, CommandContext context)
    {
        var state = context.State;
        var work = state.Works.Find(dispute.WorkId)!;
        var owners = vote.Upheld ? vote.Owners : work.Details.Owners;
        var draft = new PostingDraft(state.Accounts);
        var rejection = EscrowPayout.Draft(dispute.DisputeId, vote.Upheld ? owners : null, draft, context, out var paid);
        if (rejection is not null)
        {
            return rejection;
        }

        context.Record(VotedOf(vote, dispute.DisputeId));
        draft.Commit(context, PostingSource.None with { ReferenceId = dispute.DisputeId, WorkId = dispute.WorkId });
        state.Disputes.Empty(dispute.DisputeId);
        foreach (var share in vote.Upheld ? paid : [])
        {
            state.Disputes.Pay(dispute.DisputeId, share);
        }

        state.Disputes.Update(dispute with
        {
            Status = vote.Upheld ? DisputeStatus.Upheld : DisputeStatus.Dismissed,
            ResolvedOwners = owners,
            ResolvedAtSequence = context.Sequence,
        });
        state.Works.Update(work with { Details = work.Details with { Owners = owners }, OpenDisputeId = "" });
        context.Record(new DisputeResolved(dispute.DisputeId, vote.Upheld, owners));
        return null;
    }

    private static DisputeVoted VotedOf(DisputeVote vote, string disputeId) =>
        new(disputeId, vote.OrganizationId, vote.Upheld, vote.Owners);

    private static Rejection? CheckShape(ResolveDispute body)
    {
        if (Shape.Id("dispute_id", body.DisputeId) is { } rejection)
        {
            return rejection;
        }

        if (body.Upheld)
        {
            return OwnerShares.CheckShape("owners", body.Owners) ?? OwnerShares.CheckWhole("owners", body.Owners);
        }

        return body.Owners.Count == 0
            ? null
            : Shape.Malformed($"owners: a dismissed claim changes no owner; leave them out, or set upheld.");
    }

    private static Rejection? CheckOpen(Dispute? dispute)
    {
        if (dispute is null)
        {
            return Rejection.Because(RejectionReason.UnknownDispute, $"dispute_id: no such dispute on this ledger.");
        }

        return dispute.Status == DisputeStatus.Open
            ? null
            : Rejection.Because(RejectionReason.DisputeNotOpen, $"dispute_id: resolved already; nothing is to be voted.");
    }

    // Nobody judges in its own case.
    private static Rejection? CheckImpartial(DisputeVote vote, Dispute dispute, LedgerState state)
    {
        var voter = vote.OrganizationId;
        var hasStake = string.Equals(voter, dispute.ClaimantOrganizationId, StringComparison.Ordinal)
            || OwnerShares.Of(state.Works.Find(dispute.WorkId)!.Details.Owners, voter) > 0
            || OwnerShares.Of(vote.Owners, voter) > 0;
        return hasStake
            ? Rejection.Because(
                RejectionReason.NotAuthorized,
                $"organization_id: {voter} claims, owns or would own the work; let approvers without a stake vote.")
            : null;
    }

    private static Rejection? CheckNewVote(DisputeVote vote, Dispute dispute) =>
        dispute.Votes.Any(earlier => Is(earlier, vote.OrganizationId) && earlier.Wants(vote))
            ? Rejection.Because(
                RejectionReason.DisputeAlreadyVoted, $"dispute_id: {vote.OrganizationId} has voted so; nothing is to do.")
            : null;

    private static IReadOnlyList<DisputeVote> Replace(IReadOnlyList<DisputeVote> votes, DisputeVote vote) =>
        votes.Any(earlier => Is(earlier, vote.OrganizationId))
            ? [.. votes.Select(earlier => Is(earlier, vote.OrganizationId) ? vote : earlier)]
            : [.. votes, vote];

    private static bool Is(DisputeVote vote, string organizationId) =>
        string.Equals(vote.OrganizationId, organizationId, StringComparison.Ordinal);

    private static int Count(Dispute dispute, DisputeVote vote, MembershipTable members) =>
        dispute.Votes.Count(other => other.Wants(vote) && members.MayApprove(other.OrganizationId));
}
