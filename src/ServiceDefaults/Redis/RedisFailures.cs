using StackExchange.Redis;

namespace KpGrpc.ServiceDefaults.Redis;

/// <summary>Tells what a Redis that is away, slow, full or in the middle of a failover throws from faults of our own.</summary>
public static class RedisFailures
{
    /// <summary>True where Redis did not do what it was asked, or not in time: whether it did it later is not known.</summary>
    /// <param name="failure">What a command threw; its time-outs share no base with its other failures.</param>
    public static bool IsOfRedis(this Exception failure) => failure is RedisException or TimeoutException or ObjectDisposedException;
}
