namespace KpGrpc.Gateway.Security.Callers;

/// <summary>What a caller may be, several at once.</summary>
[Flags]
internal enum Roles
{
    /// <summary>Nobody in particular: may do nothing.</summary>
    None = 0,

    /// <summary>A person who learns; reaches her own data alone.</summary>
    Learner = 1,

    /// <summary>Somebody of an organisation of the network; reaches that organisation's data alone.</summary>
    Partner = 2,

    /// <summary>Runs the platform: catalogue, models, erasure.</summary>
    Operator = 4,

    /// <summary>Reads everything that is on the ledger, and writes nothing.</summary>
    Auditor = 8,

    /// <summary>A server of the platform; may act for any learner.</summary>
    Service = 16,

    /// <summary>Every role.</summary>
    All = Learner | Partner | Operator | Auditor | Service,
}
