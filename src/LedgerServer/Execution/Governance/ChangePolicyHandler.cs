using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Membership;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Governance;

/// <summary>
/// Order of checks: shape, each approver known, an operator or regulator, named once; enough of them may approve now.
/// Changes that wait keep the k of their proposal.
/// </summary>
internal sealed class ChangePolicyHandler() : ChangeHandler<ChangePolicy>(CommandKind.ChangePolicy)
{
    /// <inheritdoc/>
    protected override Rejection? Check(ChangePolicy body, string proposer, CommandContext context)
    {
        var (policy, members) = (body.Policy, context.State.Membership);
        return Shape.Range("approvals_needed", policy.ApprovalsNeeded, 1, int.MaxValue)
            ?? Shape.Range("approver_organization_ids.count", policy.ApproverOrganizationIds.Count, 0, EngineLimits.ApproversMax)
            ?? Shape.Each(policy.ApproverOrganizationIds, (id, i) => Shape.Id($"approver_organization_ids[{i}]", id))
            ?? Shape.Each(policy.ApproverOrganizationIds, (id, i) => CheckApprover(policy, i, members))
            ?? members.CheckEnoughApprovers("approvals_needed", policy);
    }

    /// <inheritdoc/>
    protected override void Apply(ChangePolicy body, string proposer, CommandContext context)
    {
        context.State.Membership.SetPolicy(body.Policy);
        context.Record(new PolicyChanged(body.Policy));
    }

    private static Rejection? CheckApprover(ApprovalPolicy policy, int index, MembershipTable members)
    {
        var id = policy.ApproverOrganizationIds[index];
        if (members.CheckKnown($"approver_organization_ids[{index}]", id) is { } unknown)
        {
            return unknown;
        }

        var first = policy.ApproverOrganizationIds.Take(index).Contains(id, StringComparer.Ordinal) is false;
        return first && members.FindOrganization(id)!.Roles.Overlaps(RoleGroups.Approvers)
            ? null
            : Rejection.Because(
                RejectionReason.PolicyInvalid,
                $"approver_organization_ids[{index}]: {id} stands twice or is no operator or regulator; leave it out.");
    }
}
