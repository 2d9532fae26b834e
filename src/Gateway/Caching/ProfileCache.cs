using System.Buffers.Binary;

using Microsoft.Extensions.Options;

using StackExchange.Redis;

namespace KpGrpc.Gateway.Caching;

/// <summary>
/// Profiles in Redis, one key a learner beside a counter of her invalidations (the epoch). A value carries the epoch
/// that was read <em>before</em> the profile was fetched: an event between fetch and write makes it stale at once, and
/// an event anywhere is seen by every replica, without a lock or a message. A stale value stays for the time in which
/// inference may be away. Safe from any thread.
/// </summary>
internal sealed class ProfileCache(GuardedRedis redis, IOptions<CacheOptions> options, TimeProvider time)
{
    // Format 1: format, time of writing in Unix milliseconds, epoch, value.
    private const byte Format = 1;
    private const int HeaderBytes = 1 + sizeof(long) + sizeof(long);

    private readonly CacheOptions limits = options.Value;

    /// <summary>Reads what is cached.</summary>
    /// <param name="learner">The learner's name in cache keys.</param>
    public async Task<CachedProfile> ReadAsync(string learner)
    {
        var (done, values) = await redis.TryAsync(database => database.StringGetAsync([ValueKey(learner), EpochKey(learner)]));
        if (!done)
        {
            return default;
        }

        var epoch = values![1].TryParse(out long parsed) ? parsed : 0;
        var bytes = (byte[]?)values[0];
        if (bytes is null || bytes.Length < HeaderBytes || bytes[0] != Format)
        {
            return new CachedProfile(null, false, epoch);
        }

        var age = time.GetUtcNow().ToUnixTimeMilliseconds() - BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(1));
        var writtenAt = BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(1 + sizeof(long)));
        var fresh = writtenAt == epoch && age >= 0 && age < limits.ProfileFresh.TotalMilliseconds;
        return new CachedProfile(bytes[HeaderBytes..], fresh, epoch);
    }

    /// <summary>Writes a profile that was fetched after <paramref name="epoch"/> was read. Too large ones are left out.</summary>
    /// <param name="learner">The learner's name in cache keys.</param>
    /// <param name="epoch">What <see cref="ReadAsync"/> gave.</param>
    /// <param name="value">The profile.</param>
    public async Task WriteAsync(string learner, long epoch, byte[] value)
    {
        if (value.Length > limits.ValueBytesMax || limits.ProfileFresh == TimeSpan.Zero)
        {
            return;
        }

        var bytes = new byte[HeaderBytes + value.Length];
        bytes[0] = Format;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), time.GetUtcNow().ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1 + sizeof(long)), epoch);
        value.CopyTo(bytes, HeaderBytes);
        await redis.TryAsync(database => database.StringSetAsync(ValueKey(learner), bytes, limits.Stale));
    }

    /// <summary>Makes what is cached of a learner stale, on every replica.</summary>
    /// <param name="learner">The learner's name in cache keys.</param>
    public async Task InvalidateAsync(string learner) =>
        await redis.TryAsync(async database =>
        {
            var count = database.StringIncrementAsync(EpochKey(learner));
            // The counter outlives every value that was written under the one before; it need not live for ever.
            var expiry = database.KeyExpireAsync(EpochKey(learner), 2 * limits.Stale);
            await expiry;
            return await count;
        });

    // The braces keep both keys on one node of a cluster, so that one command reads both.
    private static RedisKey ValueKey(string learner) => $"kp:gw:{{{learner}}}:profile";

    private static RedisKey EpochKey(string learner) => $"kp:gw:{{{learner}}}:epoch";
}
