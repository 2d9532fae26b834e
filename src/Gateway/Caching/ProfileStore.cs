using System.Buffers.Binary;

using Microsoft.Extensions.Options;

using StackExchange.Redis;

namespace KpGrpc.Gateway.Caching;

/// <summary>
/// Profiles in Redis, shared by every replica. A value carries the learner's stamp, a random number that was read
/// <em>before</em> the profile was fetched; an event deletes the stamp and with it the freshness of whatever carries it,
/// here and in any memory. Deleting works in a full Redis too, and a lost or evicted stamp can only make values stale.
/// Safe from any thread.
/// </summary>
internal sealed class ProfileStore(GuardedRedis redis, IOptions<CacheOptions> options)
{
    // Format 2: format, start of fetching in Unix milliseconds, stamp, value.
    private const byte Format = 2;
    private const int StampBytes = 16;
    private const int HeaderBytes = 1 + sizeof(long) + StampBytes;

    private readonly CacheOptions limits = options.Value;

    /// <summary>Reads the value and its stamp.</summary>
    /// <param name="name">The learner's name in cache keys.</param>
    /// <returns>Null where Redis is away.</returns>
    public async Task<StoredProfile?> ReadAsync(string name)
    {
        var (done, values) = await redis.TryAsync(database =>
            database.StringGetAsync([CacheKeys.Stamp(name), CacheKeys.Erased(name), CacheKeys.Profile(name)]));
        return done ? Decode(values![0], values[1], values[2]) : null;
    }

    /// <summary>Reads the stamp alone.</summary>
    /// <param name="name">The learner's name in cache keys.</param>
    /// <returns>Null where Redis is away.</returns>
    public async Task<StoredProfile?> ReadStampAsync(string name)
    {
        var (done, values) = await redis.TryAsync(database => database.StringGetAsync([CacheKeys.Stamp(name), CacheKeys.Erased(name)]));
        return done ? Decode(values![0], values[1], RedisValue.Null) : null;
    }

    /// <summary>Makes the stamp that what is fetched from now on will carry.</summary>
    /// <param name="name">The learner's name in cache keys.</param>
    /// <returns>Null where Redis is away or full, or another replica was faster: what is fetched is not kept there.</returns>
    public async Task<Guid?> BeginAsync(string name)
    {
        var stamp = Guid.NewGuid();
        var (done, made) = await redis.TryAsync(database =>
            database.StringSetAsync(CacheKeys.Stamp(name), stamp.ToByteArray(), 2 * limits.Stale, When.NotExists));
        return done && made ? stamp : null;
    }

    /// <summary>Writes a profile, unless an event came since its stamp was read. Too large ones are left out.</summary>
    /// <param name="name">The learner's name in cache keys.</param>
    /// <param name="stamp">What <see cref="ReadAsync"/> or <see cref="BeginAsync"/> gave before the fetch.</param>
    /// <param name="fetchedAt">When the fetch began, Unix milliseconds.</param>
    /// <param name="value">The profile.</param>
    public async Task WriteAsync(string name, Guid stamp, long fetchedAt, byte[] value)
    {
        if (value.Length > limits.ValueBytesMax || limits.ProfileFresh == TimeSpan.Zero)
        {
            return;
        }

        var bytes = new byte[HeaderBytes + value.Length];
        bytes[0] = Format;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), fetchedAt);
        stamp.TryWriteBytes(bytes.AsSpan(1 + sizeof(long)));
        value.CopyTo(bytes, HeaderBytes);
        await redis.TryAsync(database =>
        {
            var transaction = database.CreateTransaction();
            transaction.AddCondition(Condition.StringEqual(CacheKeys.Stamp(name), stamp.ToByteArray()));
            GuardedRedis.Observe(transaction.StringSetAsync(CacheKeys.Profile(name), bytes, limits.Stale));
            return transaction.ExecuteAsync();
        });
    }

    /// <summary>Makes what is kept of a learner stale, on every replica.</summary>
    /// <param name="name">The learner's name in cache keys.</param>
    /// <returns>False where Redis did not do it: to be done again.</returns>
    public async Task<bool> EndAsync(string name) =>
        (await redis.TryAsync(database => database.KeyDeleteAsync(CacheKeys.Stamp(name)))).Done;

    /// <summary>Deletes what is kept of a learner, feeds included, and keeps replicas that fetched before from bringing it back.</summary>
    /// <param name="name">The learner's name in cache keys.</param>
    /// <returns>False where Redis did not do all of it: to be done again.</returns>
    public async Task<bool> EraseAsync(string name)
    {
        var (deleted, _) = await redis.TryAsync(database =>
            database.KeyDeleteAsync([CacheKeys.Stamp(name), CacheKeys.Profile(name), CacheKeys.Feeds(name)]));
        var (marked, _) = await redis.TryAsync(database => database.StringSetAsync(CacheKeys.Erased(name), "1", 2 * limits.Stale));
        // Once more: what was written between the two.
        var (again, _) = await redis.TryAsync(database => database.KeyDeleteAsync([CacheKeys.Profile(name), CacheKeys.Feeds(name)]));
        return deleted && marked && again;
    }

    private static StoredProfile Decode(RedisValue stamp, RedisValue erased, RedisValue value)
    {
        Guid? current = (byte[]?)stamp is { Length: StampBytes } read ? new Guid(read) : null;
        if (!erased.IsNull)
        {
            return new StoredProfile(null, 0, default, current, Erased: true);
        }

        var bytes = (byte[]?)value;
        return bytes is null || bytes.Length < HeaderBytes || bytes[0] != Format
            ? new StoredProfile(null, 0, default, current, Erased: false)
            : new StoredProfile(
                bytes[HeaderBytes..],
                BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(1)),
                new Guid(bytes.AsSpan(1 + sizeof(long), StampBytes)),
                current,
                Erased: false);
    }
}
