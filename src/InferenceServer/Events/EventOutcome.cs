namespace KpGrpc.InferenceServer.Events;

/// <summary>What became of an event.</summary>
internal enum EventOutcome : byte
{
    /// <summary>Recorded durably, and part of the learner's history.</summary>
    Accepted,

    /// <summary>Known with the same content; nothing changed.</summary>
    Duplicate,

    /// <summary>Known with another content; nothing changed.</summary>
    Conflict,

    /// <summary>The learner was erased; nothing changed.</summary>
    Erased,
}
