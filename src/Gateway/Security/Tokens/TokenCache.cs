using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

using KpGrpc.Gateway.Security.Callers;

using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Security.Tokens;

/// <summary>
/// Who stands in the tokens that were found good a moment ago, by their SHA-256: checking a signature costs as much as a
/// cached answer. Holds no token. Safe from any thread.
/// </summary>
internal sealed class TokenCache(IOptions<IdentityOptions> options, TimeProvider time)
{
    /// <summary>Most tokens; the next one empties the cache.</summary>
    public const int TokensMax = 10_000;

    private readonly ConcurrentDictionary<string, (Caller Caller, DateTimeOffset Until)> callers = new(StringComparer.Ordinal);

    /// <summary>Tokens in the cache.</summary>
    public int Count => callers.Count;

    /// <summary>The caller of a token; null where it has to be checked.</summary>
    public Caller? Find(string token) =>
        callers.TryGetValue(KeyOf(token), out var known) && time.GetUtcNow() < known.Until ? known.Caller : null;

    /// <summary>Remembers a token that is good.</summary>
    /// <param name="token">The token.</param>
    /// <param name="caller">Who stands in it.</param>
    /// <param name="ends">From when on it is no longer honoured.</param>
    public void Keep(string token, Caller caller, DateTimeOffset ends)
    {
        if (callers.Count >= TokensMax)
        {
            // Rare: it costs each of them one more check.
            callers.Clear();
        }

        var fresh = time.GetUtcNow() + options.Value.TokenFresh;
        callers[KeyOf(token)] = (caller, fresh < ends ? fresh : ends);
    }

    private static string KeyOf(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
