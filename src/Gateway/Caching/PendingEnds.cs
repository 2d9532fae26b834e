using System.Collections.Concurrent;

using KpGrpc.Gateway.Telemetry;

using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Caching;

/// <summary>
/// Learners whose values in Redis have to end but could not, because it was away: told again until it is done. While
/// one waits here this replica takes nothing of hers from Redis for fresh. Safe from any thread.
/// </summary>
internal sealed partial class PendingEnds(ProfileStore store, IOptions<CacheOptions> options, GatewayMetrics metrics, ILogger<PendingEnds> logger)
{
    // Told again in portions, so that a Redis that has just come back isn't met by all at once.
    private const int PortionMax = 256;

    // True: erased. False: stale.
    private readonly ConcurrentDictionary<string, bool> waiting = new(StringComparer.Ordinal);
    private int told;

    /// <summary>Gets a value indicating whether nobody waits.</summary>
    public bool IsEmpty => waiting.IsEmpty;

    /// <summary>Whether a learner waits.</summary>
    /// <param name="name">The learner's name in cache keys.</param>
    public bool Contains(string name) => !waiting.IsEmpty && waiting.ContainsKey(name);

    /// <summary>Remembers a learner.</summary>
    /// <param name="name">The learner's name in cache keys.</param>
    /// <param name="erased">Whether nothing of her may stay.</param>
    public void Add(string name, bool erased)
    {
        if (waiting.Count >= options.Value.PendingMax && !waiting.ContainsKey(name))
        {
            metrics.EndDropped();
            if (Interlocked.Exchange(ref told, 1) == 0)
            {
                Log.Full(logger, options.Value.PendingMax);
            }

            return;
        }

        waiting.AddOrUpdate(name, erased, (_, before) => before || erased);
    }

    /// <summary>Tells Redis again, until it is done or Redis is away again.</summary>
    public async Task RetryAsync()
    {
        while (!waiting.IsEmpty)
        {
            var portion = waiting.Take(PortionMax).ToArray();
            var done = await Task.WhenAll(portion.Select(TryAsync));
            if (!done.All(one => one))
            {
                return;
            }
        }

        Volatile.Write(ref told, 0);
    }

    private async Task<bool> TryAsync(KeyValuePair<string, bool> one)
    {
        var done = one.Value ? await store.EraseAsync(one.Key) : await store.EndAsync(one.Key);
        if (done)
        {
            // Only if it was not asked for more meanwhile.
            waiting.TryRemove(one);
        }

        return done;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Redis is away and {Count} learners wait to have their cached profiles ended (Gateway:Cache:PendingMax): those of further ones end by themselves, Gateway:Cache:ProfileFresh later")]
        public static partial void Full(ILogger logger, int count);
    }
}
