namespace KpGrpc.LedgerServer.Execution.Accounts;

/// <summary>
/// Side of a posting. The numbers are those of <c>kp.payment.v1.Direction</c>.
/// </summary>
internal enum Direction
{
    /// <summary>Debit.</summary>
    Debit = 1,

    /// <summary>Credit.</summary>
    Credit = 2,
}
