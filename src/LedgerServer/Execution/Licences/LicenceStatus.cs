namespace KpGrpc.LedgerServer.Execution.Licences;

/// <summary>
/// Whether a licence holds. The numbers are those of <c>kp.copyright.v1.LicenceStatus</c>.
/// </summary>
internal enum LicenceStatus
{
    /// <summary>Holds within its period.</summary>
    Active = 1,

    /// <summary>Its period is over.</summary>
    Expired = 2,

    /// <summary>Revoked, as by a full refund.</summary>
    Revoked = 3,
}
