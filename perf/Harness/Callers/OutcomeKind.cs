namespace KpGrpc.Perf.Harness.Callers;

/// <summary>How a call ended.</summary>
public enum OutcomeKind
{
    /// <summary>Answered.</summary>
    Answered,

    /// <summary>Refused at once, because the queue was full.</summary>
    Refused,

    /// <summary>Given up by the caller.</summary>
    Cancelled,

    /// <summary>Anything else: an error.</summary>
    Failed,
}
