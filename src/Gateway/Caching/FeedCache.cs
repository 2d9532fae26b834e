using Microsoft.Extensions.Options;

using StackExchange.Redis;

namespace KpGrpc.Gateway.Caching;

/// <summary>Last home feeds in Redis, to be shown when inference is away. Safe from any thread.</summary>
internal sealed class FeedCache(GuardedRedis redis, IOptions<CacheOptions> options)
{
    // Callers choose languages freely; nobody needs more feeds than this.
    private const int LanguagesMax = 16;

    private readonly CacheOptions limits = options.Value;

    /// <summary>Reads the last feed.</summary>
    /// <param name="owner">The learner's name in cache keys, or another fixed name.</param>
    /// <param name="language">Primary language subtag.</param>
    /// <returns>The bytes; null where there are none or the cache is away.</returns>
    public async Task<byte[]?> ReadAsync(string owner, string language)
    {
        var (_, value) = await redis.TryAsync(database => database.HashGetAsync(CacheKeys.Feeds(owner), language));
        return (byte[]?)value;
    }

    /// <summary>Keeps a feed, unless its learner was erased meanwhile. Too large ones are left out.</summary>
    /// <param name="owner">The learner's name in cache keys, or another fixed name.</param>
    /// <param name="language">Primary language subtag.</param>
    /// <param name="value">The feed.</param>
    public async Task WriteAsync(string owner, string language, byte[] value)
    {
        if (value.Length > limits.ValueBytesMax)
        {
            return;
        }

        await redis.TryAsync(database =>
        {
            var key = CacheKeys.Feeds(owner);
            var transaction = database.CreateTransaction();
            transaction.AddCondition(Condition.KeyNotExists(CacheKeys.Erased(owner)));
            transaction.AddCondition(Condition.HashLengthLessThan(key, LanguagesMax));
            GuardedRedis.Observe(transaction.HashSetAsync(key, language, value));
            GuardedRedis.Observe(transaction.KeyExpireAsync(key, limits.Stale));
            return transaction.ExecuteAsync();
        });
    }
}
