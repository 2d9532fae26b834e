namespace KpGrpc.Gateway.Caching;

/// <summary>A profile as the cache gives it.</summary>
/// <param name="Entry">The profile.</param>
/// <param name="Degraded">True: an older one, because a fresh one did not come in time.</param>
internal readonly record struct ProfileRead(ProfileEntry Entry, bool Degraded);
