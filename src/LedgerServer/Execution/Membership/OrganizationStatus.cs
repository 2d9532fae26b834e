namespace KpGrpc.LedgerServer.Execution.Membership;

/// <summary>
/// Whether an organisation may act. The numbers are those of <c>kp.membership.v1.OrganizationStatus</c>.
/// </summary>
internal enum OrganizationStatus
{
    /// <summary>Proposed, approvals still missing; may not act.</summary>
    Pending = 1,

    /// <summary>May act in its roles.</summary>
    Active = 2,

    /// <summary>May not submit; what it owns stays, and it is still credited.</summary>
    Suspended = 3,
}
