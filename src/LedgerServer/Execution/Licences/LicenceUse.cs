namespace KpGrpc.LedgerServer.Execution.Licences;

/// <summary>
/// What a licence allows. The numbers are those of <c>kp.copyright.v1.LicenceUse</c>.
/// </summary>
internal enum LicenceUse
{
    /// <summary>One person learns from it.</summary>
    Personal = 1,

    /// <summary>A class of one teacher.</summary>
    Classroom = 2,

    /// <summary>All members of one organisation.</summary>
    Enterprise = 3,

    /// <summary>Making a derivative work.</summary>
    Derivative = 4,

    /// <summary>Selling it on.</summary>
    Redistribution = 5,
}
