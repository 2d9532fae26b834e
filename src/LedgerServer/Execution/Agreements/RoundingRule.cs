namespace KpGrpc.LedgerServer.Execution.Agreements;

/// <summary>
/// How amounts that do not divide are made whole. The numbers are those of <c>kp.agreement.v1.RoundingRule</c>.
/// </summary>
internal enum RoundingRule
{
    /// <summary>
    /// Floor of each, then one unit each to the largest remainders; ties to the party declared first. The default
    /// choice.
    /// </summary>
    LargestRemainder = 1,

    /// <summary>Floor of each, then one unit each to the parties in declared order until none is left.</summary>
    FloorToFirst = 2,

    /// <summary>Floor of each; all that is left goes to the party declared in dust_organization_id.</summary>
    FloorThenDust = 3,
}
