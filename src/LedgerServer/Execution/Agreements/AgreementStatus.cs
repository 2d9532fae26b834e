namespace KpGrpc.LedgerServer.Execution.Agreements;

/// <summary>
/// Where an agreement version stands. The numbers are those of <c>kp.agreement.v1.AgreementStatus</c>.
/// </summary>
internal enum AgreementStatus
{
    /// <summary>Not yet accepted by all parties.</summary>
    Proposed = 1,

    /// <summary>Accepted by all; splits within its effective window.</summary>
    Active = 2,

    /// <summary>A later version of the same agreement is active.</summary>
    Superseded = 3,

    /// <summary>Ended by a party.</summary>
    Terminated = 4,

    /// <summary>A party refused it.</summary>
    Refused = 5,
}
