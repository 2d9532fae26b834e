namespace KpGrpc.LedgerServer.Execution.Works;

/// <summary>
/// Field of knowledge. The numbers are those of <c>kp.copyright.v1.KnowledgeField</c>.
/// </summary>
internal enum KnowledgeField
{
    /// <summary>School and academic education.</summary>
    Education = 1,

    /// <summary>Health.</summary>
    Health = 2,

    /// <summary>Vocational skills.</summary>
    Vocational = 3,

    /// <summary>Culture and arts.</summary>
    Culture = 4,

    /// <summary>Finance.</summary>
    Finance = 5,

    /// <summary>Anything else.</summary>
    Other = 6,
}
