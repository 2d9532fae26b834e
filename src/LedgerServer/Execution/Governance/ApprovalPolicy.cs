namespace KpGrpc.LedgerServer.Execution.Governance;

/// <summary>How many approvals a change needs, and of whom.</summary>
/// <param name="ApprovalsNeeded">k: approvals of distinct organisations, 1 or more.</param>
/// <param name="ApproverOrganizationIds">n: who may approve, at most 64; empty means every operator and regulator.</param>
internal sealed record ApprovalPolicy(uint ApprovalsNeeded, IReadOnlyList<string> ApproverOrganizationIds)
{
    /// <summary>Whether the policy lets an organisation approve that otherwise may.</summary>
    public bool Names(string organizationId) =>
        ApproverOrganizationIds.Count == 0 || ApproverOrganizationIds.Contains(organizationId, StringComparer.Ordinal);
}
