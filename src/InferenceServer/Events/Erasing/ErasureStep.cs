namespace KpGrpc.InferenceServer.Events.Erasing;

/// <summary>What an erasure has done, in this order; it goes on from any of these after a crash.</summary>
internal enum ErasureStep
{
    /// <summary>The learner's events are refused.</summary>
    Begun,

    /// <summary>Her online history is gone.</summary>
    HistoryErased,

    /// <summary>Where her events are is written down.</summary>
    Found,

    /// <summary>They are overwritten.</summary>
    Blanked,

    /// <summary>That is written down.</summary>
    Finished,
}
