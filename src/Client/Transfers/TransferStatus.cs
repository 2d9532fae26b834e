namespace KpGrpc.Client.Transfers;

/// <summary>What became of a transfer.</summary>
public enum TransferStatus
{
    /// <summary>Nobody knows yet whether it was made: never treat it as failed. The same transfer with the same id asks again.</summary>
    Unknown = 0,

    /// <summary>It was made; durable.</summary>
    Made = 1,

    /// <summary>The ledger refused this transfer for good: the same id gives the same answer. Nothing moved.</summary>
    Refused = 2,

    /// <summary>The command that carried it was rejected as a whole, with a receipt. Nothing moved, and the id is still free.</summary>
    Rejected = 3,

    /// <summary>The command that carried it was not ordered. Nothing moved, and the id is still free.</summary>
    NotOrdered = 4,
}
