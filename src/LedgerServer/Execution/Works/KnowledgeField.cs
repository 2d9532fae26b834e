namespace KpGrpc.LedgerServer.Execution.Works;

/// <summary>
/// Field of knowledge. The numbers are those of <c>kp.type.v1.KnowledgeField</c>.
/// </summary>
internal enum KnowledgeField
{
    /// <summary>School, university and academic education.</summary>
    Education = 1,

    /// <summary>Health and medicine.</summary>
    Health = 2,

    /// <summary>Vocational skills and trades.</summary>
    VocationalSkills = 3,

    /// <summary>Culture, arts and humanities for everybody.</summary>
    Culture = 4,

    /// <summary>Finance, investment and insurance.</summary>
    Finance = 5,

    /// <summary>Anything else.</summary>
    Other = 6,
}
