namespace KpGrpc.Gateway.Caching;

/// <summary>What Redis knows of a learner's profile.</summary>
/// <param name="Value">The bytes; null where there are none.</param>
/// <param name="FetchedAt">When fetching them began, Unix milliseconds.</param>
/// <param name="ValueStamp">Stamp that the value carries.</param>
/// <param name="Stamp">Stamp that a fresh value has to carry; null where there is none.</param>
/// <param name="Erased">The learner was erased: nothing of her may be shown.</param>
internal readonly record struct StoredProfile(byte[]? Value, long FetchedAt, Guid ValueStamp, Guid? Stamp, bool Erased);
