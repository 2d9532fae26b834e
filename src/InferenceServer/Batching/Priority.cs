namespace KpGrpc.InferenceServer.Batching;

/// <summary>Who goes first when both wait.</summary>
internal enum Priority
{
    /// <summary>Somebody looks at a screen.</summary>
    Interactive,

    /// <summary>Ranks as if it had come <see cref="BatchingOptions.BulkDelay"/> later, so it yields but never starves.</summary>
    Bulk,
}
