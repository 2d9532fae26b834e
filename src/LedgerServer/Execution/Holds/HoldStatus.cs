namespace KpGrpc.LedgerServer.Execution.Holds;

/// <summary>
/// Where a hold stands. The numbers are those of <c>kp.payment.v1.HoldStatus</c>.
/// </summary>
internal enum HoldStatus
{
    /// <summary>Still reserves its remaining amount.</summary>
    Open = 1,

    /// <summary>Captured to its end.</summary>
    Captured = 2,

    /// <summary>Released; what was captured before stays.</summary>
    Released = 3,

    /// <summary>Ran out by the order's time; what was captured before stays.</summary>
    Expired = 4,
}
