using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Caching;

/// <summary>Last answers to searches in Redis, to be shown when inference is away. They name no learner. Safe from any thread.</summary>
internal sealed class SearchCache(GuardedRedis redis, IOptions<CacheOptions> options)
{
    private readonly CacheOptions limits = options.Value;

    /// <summary>Reads the last answer.</summary>
    /// <param name="request">The request's bytes.</param>
    /// <returns>The bytes; null where there are none or the cache is away.</returns>
    public async Task<byte[]?> ReadAsync(byte[] request)
    {
        var (_, value) = await redis.TryAsync(database => database.StringGetAsync(CacheKeys.Search(request)));
        return (byte[]?)value;
    }

    /// <summary>Keeps an answer. Too large ones are left out.</summary>
    /// <param name="request">The request's bytes.</param>
    /// <param name="answer">The answer's bytes.</param>
    public async Task WriteAsync(byte[] request, byte[] answer)
    {
        if (answer.Length <= limits.ValueBytesMax)
        {
            await redis.TryAsync(database => database.StringSetAsync(CacheKeys.Search(request), answer, limits.Stale));
        }
    }
}
