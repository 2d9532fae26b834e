using System.Globalization;
using KpGrpc.InferenceServer.Storage;
using KpGrpc.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace KpGrpc.InferenceServer.Events.Erasing;

/// <summary>
/// Erasures as replicas tell each other of them: a list in Redis (<c>kp:erasures</c>) of key and seal, each as 32 hex
/// digits. Replicas must have the same erasure key, else a seal means nobody to the others. One reader at a time.
/// </summary>
internal sealed class SharedErasures(IConnectionMultiplexer redis)
{
    private const string List = "kp:erasures";
    private const int Digits = 32;

    private readonly IDatabase database = redis.GetDatabase();
    private readonly HashSet<UInt128> taken = [];
    private long position;
    private long next;

    /// <summary>Tells the others.</summary>
    /// <exception cref="StoreUnavailableException">Redis did not answer.</exception>
    public async Task PublishAsync(UInt128 key, UInt128 seal)
    {
        try
        {
            await database.ListRightPushAsync(List, string.Create(CultureInfo.InvariantCulture, $"{key:x32}{seal:x32}"));
        }
        catch (Exception failure) when (failure.IsOfRedis())
        {
            throw new StoreUnavailableException("Redis does not answer", failure);
        }
    }

    /// <summary>What was told since <see cref="MarkTaken"/>, this process's own erasures included.</summary>
    /// <exception cref="StoreUnavailableException">Redis did not answer.</exception>
    public async Task<IReadOnlyList<(UInt128 Key, UInt128 Seal)>> ReadNewAsync()
    {
        try
        {
            if (await database.ListLengthAsync(List) < position)
            {
                position = 0; // Redis lost it
            }

            var entries = await database.ListRangeAsync(List, position);
            next = position + entries.Length;
            var read = entries.Select(entry => Decode((string)entry!)).OfType<(UInt128 Key, UInt128 Seal)>().ToArray();
            taken.UnionWith(read.Select(entry => entry.Seal));
            return read;
        }
        catch (Exception failure) when (failure.IsOfRedis())
        {
            throw new StoreUnavailableException("Redis does not answer", failure);
        }
    }

    /// <summary>What was read is durable here and need not be read again.</summary>
    public void MarkTaken() => position = next;

    /// <summary>True for a seal that stands in the list, as far as it was read.</summary>
    public bool IsTaken(UInt128 seal) => taken.Contains(seal);

    private static (UInt128 Key, UInt128 Seal)? Decode(string entry) =>
        entry.Length == 2 * Digits
        && UInt128.TryParse(entry.AsSpan(0, Digits), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var key)
        && UInt128.TryParse(entry.AsSpan(Digits), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var seal)
            ? (key, seal)
            : null;
}
