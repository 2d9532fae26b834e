namespace KpGrpc.LedgerServer.Execution.Membership;

/// <summary>
/// What an organisation may do on a ledger. The numbers are those of <c>kp.membership.v1.Role</c>.
/// </summary>
internal enum Role
{
    /// <summary>Content producer (C): registers works, publishes offers, receives shares.</summary>
    Producer = 1,

    /// <summary>Platform (P): sells to learners, submits purchases for them.</summary>
    Platform = 2,

    /// <summary>Technology provider (T): receives shares, records usage.</summary>
    Technology = 3,

    /// <summary>Operator (O) of the ledger: runs it, takes part in k-of-n approvals.</summary>
    Operator = 4,

    /// <summary>Brings money in and pays it out through its clearing account.</summary>
    PaymentProvider = 5,

    /// <summary>Reads everything, writes nothing but cosignatures.</summary>
    Auditor = 6,

    /// <summary>Reads everything, suspends, resolves disputes, takes part in approvals.</summary>
    Regulator = 7,
}
