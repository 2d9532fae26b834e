namespace KpGrpc.LedgerServer.Execution.Consents;

/// <summary>What data may be used for. The numbers are those of <c>kp.sharing.v1.Purpose</c>.</summary>
internal enum Purpose
{
    /// <summary>Recommending works.</summary>
    Recommendation = 1,

    /// <summary>Aggregate analysis.</summary>
    Analytics = 2,

    /// <summary>Research.</summary>
    Research = 3,

    /// <summary>Marketing.</summary>
    Marketing = 4,

    /// <summary>Certificates and records of learning.</summary>
    Certification = 5,

    /// <summary>Delivering a purchased service.</summary>
    Service = 6,
}
