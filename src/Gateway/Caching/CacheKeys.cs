using System.Security.Cryptography;

using StackExchange.Redis;

namespace KpGrpc.Gateway.Caching;

/// <summary>
/// Names of keys in Redis. The braces keep all keys of one learner on one node of a cluster, so that one command or
/// transaction may touch several of them.
/// </summary>
internal static class CacheKeys
{
    /// <summary>The learner's profile.</summary>
    public static RedisKey Profile(string name) => $"kp:gw:{{{name}}}:profile";

    /// <summary>Random number that a value has to carry to be fresh; deleted by every event of the learner.</summary>
    public static RedisKey Stamp(string name) => $"kp:gw:{{{name}}}:stamp";

    /// <summary>There while an erased learner's values could still come from somewhere.</summary>
    public static RedisKey Erased(string name) => $"kp:gw:{{{name}}}:erased";

    /// <summary>The learner's last feeds, a hash with a field a language.</summary>
    public static RedisKey Feeds(string name) => $"kp:gw:{{{name}}}:home";

    /// <summary>The last answer to a search, whoever made it.</summary>
    /// <param name="request">The request's bytes.</param>
    public static RedisKey Search(byte[] request) => $"kp:gw:search:{Convert.ToHexStringLower(SHA256.HashData(request))}";
}
