using System.Globalization;

using KpGrpc.Gateway.Caching;

namespace KpGrpc.Gateway.Limits;

/// <summary>
/// Hands out the calls of a second to replicas, in blocks, by a counter in Redis (<c>kp:calls:KIND:NAME:SECOND</c>). Where
/// Redis is away each replica grants the whole limit by itself: more than was meant, and never an outage.
/// </summary>
internal sealed class SharedSeconds(GuardedRedis redis)
{
    private const int Blocks = 10;
    private static readonly TimeSpan KeepFor = TimeSpan.FromSeconds(5);

    /// <summary>Asks for some calls of a second.</summary>
    /// <param name="key">Whose.</param>
    /// <param name="second">The second.</param>
    /// <param name="limit">Calls a second, over all replicas.</param>
    /// <param name="grantedHere">Those that this replica was granted before.</param>
    /// <returns>Calls, at most a tenth of the limit; 0 where all are handed out.</returns>
    public async Task<int> TakeAsync(BudgetKey key, long second, int limit, int grantedHere)
    {
        var block = Math.Max(1, limit / Blocks);
        var name = string.Create(CultureInfo.InvariantCulture, $"kp:calls:{key.Kind}:{key.Name}:{second}");
        var (done, total) = await redis.TryAsync(async database =>
        {
            var sum = await database.StringIncrementAsync(name, block);
            if (sum == block)
            {
                await database.KeyExpireAsync(name, KeepFor);
            }

            return sum;
        });
        var before = done ? total - block : grantedHere;
        return (int)Math.Clamp(limit - before, 0, block);
    }
}
