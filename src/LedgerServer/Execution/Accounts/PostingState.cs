namespace KpGrpc.LedgerServer.Execution.Accounts;

/// <summary>
/// Whether a posting moves money now. The numbers are those of <c>kp.payment.v1.PostingState</c>.
/// </summary>
internal enum PostingState
{
    /// <summary>Moves money.</summary>
    Posted = 1,

    /// <summary>Reserves it: adds to the held debits or credits.</summary>
    Held = 2,

    /// <summary>Takes a reservation back: reduces the held debits or credits.</summary>
    Released = 3,
}
