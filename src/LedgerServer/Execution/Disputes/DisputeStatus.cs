namespace KpGrpc.LedgerServer.Execution.Disputes;

/// <summary>
/// Where a dispute stands. The numbers are those of <c>kp.copyright.v1.DisputeStatus</c>.
/// </summary>
internal enum DisputeStatus
{
    /// <summary>Open: producer revenue of the work goes into escrow.</summary>
    Open = 1,

    /// <summary>Resolved for the claimant.</summary>
    Upheld = 2,

    /// <summary>Resolved for the owners.</summary>
    Dismissed = 3,
}
