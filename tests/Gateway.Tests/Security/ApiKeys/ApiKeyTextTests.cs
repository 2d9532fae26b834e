using KpGrpc.Gateway.Security.ApiKeys;

namespace KpGrpc.Gateway.Tests.Security.ApiKeys;

public sealed class ApiKeyTextTests
{
    [Fact]
    public void TryParse_RevealedKey_IsTheSame()
    {
        var key = ApiKeyText.Create();
        Assert.True(ApiKeyText.TryParse(key.Reveal(), out var parsed));
        Assert.Equal(key.Id, parsed.Id);
        Assert.Equal(key.Secret, parsed.Secret);
        Assert.True(parsed.IsOf(key.ToRecord("o", ["service"], default)));
        Assert.False(ApiKeyText.Create().IsOf(key.ToRecord("o", ["service"], default)));
    }

    [Fact]
    public void ToString_Key_HidesTheSecret()
    {
        var key = ApiKeyText.Create();
        Assert.DoesNotContain(key.Reveal()[20..], $"{key}", StringComparison.Ordinal);
        Assert.Contains(key.Id, $"{key}", StringComparison.Ordinal);
    }

    [Fact]
    public void ToRecord_SameKeyTwice_HasAnotherSaltAndHash()
    {
        var key = ApiKeyText.Create();
        var (first, second) = (key.ToRecord("o", ["service"], default), key.ToRecord("o", ["service"], default));
        Assert.NotEqual(first.Salt, second.Salt);
        Assert.NotEqual(first.Hash, second.Hash);
    }
}
