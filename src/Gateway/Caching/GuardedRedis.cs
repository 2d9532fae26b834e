using KpGrpc.Gateway.Telemetry;
using KpGrpc.ServiceDefaults.Redis;

using Microsoft.Extensions.Options;

using StackExchange.Redis;

namespace KpGrpc.Gateway.Caching;

/// <summary>
/// Redis as something one may lose: every operation has a short bound, a failure is an answer and never an exception,
/// and after one Redis is left alone for <see cref="CacheOptions.RetryAfter"/>. Safe from any thread.
/// </summary>
internal sealed partial class GuardedRedis(
    IConnectionMultiplexer redis,
    IOptions<CacheOptions> options,
    TimeProvider time,
    GatewayMetrics metrics,
    ILogger<GuardedRedis> logger)
{
    private readonly CacheOptions limits = options.Value;
    private long quietUntil;
    private int away;

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
            if (Interlocked.Exchange(ref away, 0) == 1)
            {
                Log.Back(logger);
            }

            return (true, result);
        }
        catch (Exception exception) when (exception.IsOfRedis())
        {
            Fail(exception);
            return (false, default);
        }
    }

    // Who waits no more for a command still has to look at how it ended.
    private static void Observe(Task task) =>
        task.ContinueWith(static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

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
    }
}
