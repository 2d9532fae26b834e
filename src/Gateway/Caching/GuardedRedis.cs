using KpGrpc.Gateway.Telemetry;
using KpGrpc.ServiceDefaults.Redis;

using Microsoft.Extensions.Options;

using StackExchange.Redis;

namespace KpGrpc.Gateway.Caching;

/// <summary>
/// Redis as something one may lose: every operation has a short bound, a failure is an answer and never an exception,
/// and after one Redis is left alone for <see cref="CacheOptions.RetryAfter"/>. Safe from any thread.
/// </summary>
internal sealed partial class GuardedRedis : IDisposable
{
    private readonly IConnectionMultiplexer redis;
    private readonly CacheOptions limits;
    private readonly TimeProvider time;
    private readonly GatewayMetrics metrics;
    private readonly ILogger<GuardedRedis> logger;
    private long quietUntil;
    private long trustedFrom;
    private int away;
    private int cut;
    private long refusalToldUntil;

    public GuardedRedis(IConnectionMultiplexer redis, IOptions<CacheOptions> options, TimeProvider time, GatewayMetrics metrics, ILogger<GuardedRedis> logger)
    {
        (this.redis, limits, this.time, this.metrics, this.logger) = (redis, options.Value, time, metrics, logger);
        redis.ConnectionFailed += OnFailed;
        redis.ConnectionRestored += OnRestored;
    }

    /// <summary>
    /// Gets since when values may be fresh, Unix milliseconds. While Redis was away other replicas could not say what
    /// they acknowledged, and one that was restarted may have gone back in time: what was fetched before is stale.
    /// </summary>
    public long TrustedFrom => Interlocked.Read(ref trustedFrom);

    /// <summary>Looks at how a task ends that nobody waits for any more.</summary>
    public static void Observe(Task task) =>
        task.ContinueWith(static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    /// <summary>Runs an operation.</summary>
    /// <returns>Whether it was done, and its result when it was.</returns>
    public async Task<(bool Done, T? Result)> TryAsync<T>(Func<IDatabase, Task<T>> operation)
    {
        if (time.GetTimestamp() < Interlocked.Read(ref quietUntil))
        {
            return (false, default);
        }

        try
        {
            var running = operation(redis.GetDatabase());
            Observe(running);
            var result = await running.WaitAsync(limits.Timeout, time);
            if (Volatile.Read(ref away) == 1 && Interlocked.Exchange(ref away, 0) == 1)
            {
                Distrust();
                Log.Back(logger);
            }

            return (true, result);
        }
        catch (RedisServerException exception)
        {
            // It is there and says no, as a full one does to writes alone: that costs no wait, so the next may try.
            Refuse(exception);
            return (false, default);
        }
        catch (Exception exception) when (exception.IsOfRedis())
        {
            Fail(exception);
            return (false, default);
        }
    }

    public void Dispose()
    {
        redis.ConnectionFailed -= OnFailed;
        redis.ConnectionRestored -= OnRestored;
    }

    private void OnFailed(object? sender, ConnectionFailedEventArgs failed) => Volatile.Write(ref cut, 1);

    // A first connection is reported in the same way, and nothing was missed before it.
    private void OnRestored(object? sender, ConnectionFailedEventArgs restored)
    {
        if (Interlocked.Exchange(ref cut, 0) == 1)
        {
            Distrust();
        }
    }

    // The margin is for replicas that find Redis again a moment later than this one.
    private void Distrust() =>
        Interlocked.Exchange(ref trustedFrom, (time.GetUtcNow() + limits.RetryAfter).ToUnixTimeMilliseconds());

    private void Refuse(RedisServerException exception)
    {
        metrics.CacheFailed();
        var now = time.GetTimestamp();
        var told = Interlocked.Read(ref refusalToldUntil);
        if (now >= told && Interlocked.CompareExchange(ref refusalToldUntil, now + (60 * time.TimestampFrequency), told) == told)
        {
            Log.Refused(logger, exception.Message);
        }
    }

    private void Fail(Exception exception)
    {
        metrics.CacheFailed();
        Interlocked.Exchange(ref quietUntil, time.GetTimestamp() + (long)(limits.RetryAfter.TotalSeconds * time.TimestampFrequency));
        if (Interlocked.Exchange(ref away, 1) == 0)
        {
            Log.Away(logger, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Redis is away or slow, answering without the cache until it is back: {Fault}")]
        public static partial void Away(ILogger logger, string fault);

        [LoggerMessage(2, LogLevel.Information, "Redis is back")]
        public static partial void Back(ILogger logger);

        [LoggerMessage(3, LogLevel.Warning, "Redis refuses commands, answering without what it does not keep (told once a minute): {Fault}. Give it more memory (maxmemory), or look at its own log.")]
        public static partial void Refused(ILogger logger, string fault);
    }
}
