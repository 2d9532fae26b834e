using KpGrpc.Gateway.Tests.Fakes;

namespace KpGrpc.Gateway.Tests.Security;

public sealed class ResponseHeadersTests
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/v1/learners/alice/home")]
    [InlineData("/no-such-page")]
    public async Task Answer_OfHttp_TellsBrowsersWhatToTrust(string path)
    {
        await using var fixture = await GatewayFixture.StartLockedAsync();
        using var http = new HttpClient { BaseAddress = fixture.Gateway.HttpAddress };
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("nosniff", answer.Headers.GetValues("x-content-type-options").Single());
        Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("content-security-policy").Single(), StringComparison.Ordinal);
        Assert.Contains("default-src 'self'", answer.Headers.GetValues("content-security-policy").Single(), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("strict-transport-security"));
        Assert.False(answer.Headers.Contains("server"));
    }
}
