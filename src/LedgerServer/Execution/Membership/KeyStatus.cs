namespace KpGrpc.LedgerServer.Execution.Membership;

/// <summary>
/// Whether a key may sign. The numbers are those of <c>kp.membership.v1.KeyStatus</c>.
/// </summary>
internal enum KeyStatus
{
    /// <summary>Signs from valid_from_sequence on.</summary>
    Active = 1,

    /// <summary>Signs nothing ordered from revoked_at_sequence on.</summary>
    Revoked = 2,
}
