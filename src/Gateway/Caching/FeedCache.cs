using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Caching;

/// <summary>Last home feeds in Redis, to be shown when inference is away. Safe from any thread.</summary>
internal sealed class FeedCache(GuardedRedis redis, IOptions<CacheOptions> options)
{
    private readonly CacheOptions limits = options.Value;

    /// <summary>Reads the last feed.</summary>
    /// <param name="owner">The learner's name in cache keys, or another fixed name.</param>
    /// <param name="language">Primary language subtag.</param>
    /// <returns>The bytes; null where there are none or the cache is away.</returns>
    public async Task<byte[]?> ReadAsync(string owner, string language)
    {
        var (_, value) = await redis.TryAsync(database => database.StringGetAsync(Key(owner, language)));
        return (byte[]?)value;
    }

    /// <summary>Keeps a feed. Too large ones are left out.</summary>
    /// <param name="owner">The learner's name in cache keys, or another fixed name.</param>
    /// <param name="language">Primary language subtag.</param>
    /// <param name="value">The feed.</param>
    public async Task WriteAsync(string owner, string language, byte[] value)
    {
        if (value.Length <= limits.ValueBytesMax)
        {
            await redis.TryAsync(database => database.StringSetAsync(Key(owner, language), value, limits.Stale));
        }
    }

    private static string Key(string owner, string language) => $"kp:gw:{{{owner}}}:home:{language}";
}
