namespace KpGrpc.LedgerServer.Execution.Consents;

/// <summary>Whether a consent holds. The numbers are those of <c>kp.sharing.v1.ConsentStatus</c>.</summary>
internal enum ConsentStatus
{
    /// <summary>Holds until it expires.</summary>
    Active = 1,

    /// <summary>Revoked.</summary>
    Revoked = 2,

    /// <summary>Ran out by the order's time.</summary>
    Expired = 3,

    /// <summary>Its subject was erased.</summary>
    Erased = 4,
}
