using KpGrpc.ServiceDefaults.Redis;

namespace KpGrpc.Gateway.Caching;

/// <summary>Adds the profile and feed cache.</summary>
internal static class CachingExtensions
{
    public static IServiceCollection AddCaching(this IServiceCollection services) => services
        .AddRedis()
        .AddSingleton<GuardedRedis>()
        .AddSingleton<ProfileStore>()
        .AddSingleton<ProfileMemory>()
        .AddSingleton<PendingEnds>()
        .AddSingleton<ProfileCache>()
        .AddSingleton<FeedCache>()
        .AddHostedService<CacheUpkeep>();
}
