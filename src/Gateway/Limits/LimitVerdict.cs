namespace KpGrpc.Gateway.Limits;

/// <summary>Whether a call may begin.</summary>
internal enum LimitVerdict
{
    /// <summary>It may.</summary>
    Admitted,

    /// <summary>The caller has begun too many within this second.</summary>
    CallerRate,

    /// <summary>The caller's organisation has.</summary>
    OrganizationRate,

    /// <summary>Too many of the caller's calls are under way.</summary>
    CallerConcurrency,

    /// <summary>Too many calls of all callers are under way.</summary>
    Concurrency,
}
