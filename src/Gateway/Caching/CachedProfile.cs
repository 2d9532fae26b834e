namespace KpGrpc.Gateway.Caching;

/// <summary>What the cache knows of a learner's profile.</summary>
/// <param name="Value">The bytes; null where there are none.</param>
/// <param name="Fresh">True: young enough, and no event came since. False: only to be shown while inference is away.</param>
/// <param name="Epoch">Count of the learner's invalidations when it was read; to be handed to the write of what was fetched after it. Null: the cache is away.</param>
internal readonly record struct CachedProfile(byte[]? Value, bool Fresh, long? Epoch);
