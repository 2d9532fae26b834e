using KpGrpc.Gateway.Security;
using KpGrpc.Gateway.Security.Callers;
using KpGrpc.Gateway.Security.Tokens;

using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace KpGrpc.Gateway.Tests.Security.Tokens;

public sealed class TokenCacheTests
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public void Find_AfterAMinuteOrTheTokensEnd_HasToBeCheckedAgain()
    {
        var cache = Open();
        cache.Keep("long", Caller.Anonymous, time.GetUtcNow().AddHours(1));
        cache.Keep("short", Caller.Anonymous, time.GetUtcNow().AddSeconds(10));
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.NotNull(cache.Find("short"));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(cache.Find("short"));
        Assert.NotNull(cache.Find("long"));
        time.Advance(TimeSpan.FromSeconds(50));
        Assert.Null(cache.Find("long"));
    }

    [Fact]
    public void Keep_MoreTokensThanTheBound_StaysWithinIt()
    {
        var cache = Open();
        for (var number = 0; number <= TokenCache.TokensMax; number++)
        {
            cache.Keep($"token-{number}", Caller.Anonymous, time.GetUtcNow().AddHours(1));
            Assert.InRange(cache.Count, 1, TokenCache.TokensMax);
        }

        Assert.NotNull(cache.Find($"token-{TokenCache.TokensMax}"));
    }

    private TokenCache Open() => new(Options.Create(new IdentityOptions()), time);
}
