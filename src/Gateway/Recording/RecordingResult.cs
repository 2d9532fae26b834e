namespace KpGrpc.Gateway.Recording;

/// <summary>How a try to record an event ended.</summary>
internal enum RecordingResult
{
    /// <summary>Recorded now, or known already.</summary>
    Recorded,

    /// <summary>Never to be recorded: the server refuses it, or no longer knows the learner.</summary>
    Refused,

    /// <summary>The server is away; another try makes sense.</summary>
    Away,
}
