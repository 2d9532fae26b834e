using Grpc.Core;

using KpGrpc.Gateway.Tests.Fakes;
using KpGrpc.Protos.Learner.V1;

namespace KpGrpc.Gateway.Tests.Security.Tokens;

public sealed class MetadataIssuerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadAsync_IssuerByMetadata_ItsTokensAreGoodAndOthersAreNot()
    {
        await using var issuer = await GatewayFixture.StartLockedAsync();
        await using var fixture = await GatewayFixture.StartLockedAsync($"Gateway:Identity:MetadataAddress={issuer.Gateway.HttpAddress}.well-known/openid-configuration");

        Assert.NotEmpty((await HomeAsync(fixture, issuer.Token("alice", "learner"))).Items);

        // The second Gateway issues none itself, and a token of its own unused key is a stranger's.
        var stranger = await Assert.ThrowsAsync<RpcException>(() => HomeAsync(fixture, fixture.Token("alice", "learner")));
        Assert.Equal(StatusCode.Unauthenticated, stranger.StatusCode);
        using var http = new HttpClient { BaseAddress = fixture.Gateway.HttpAddress };
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await http.GetAsync(new Uri("/dev/jwks", UriKind.Relative), Cancel)).StatusCode);
    }

    [Fact]
    public async Task ReadAsync_IssuerAway_IsUnavailableAndTellsOfIt()
    {
        await using var fixture = await GatewayFixture.StartLockedAsync("Gateway:Identity:MetadataAddress=http://127.0.0.1:1/.well-known/openid-configuration");
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var away = await Assert.ThrowsAsync<RpcException>(() => HomeAsync(fixture, fixture.Token("alice", "learner")));
            Assert.Equal(StatusCode.Unavailable, away.StatusCode);
            Assert.NotNull(away.GetRpcStatus()?.GetDetail<Google.Rpc.RetryInfo>());
        }

        // The second call did not try again: a pause follows a failure.
        Assert.Single(fixture.Gateway.Logs.Entries, entry => entry.Text.Contains("issuer's metadata", StringComparison.Ordinal));
    }

    private static Task<GetHomeResponse> HomeAsync(GatewayFixture fixture, string token) =>
        new LearnerService.LearnerServiceClient(fixture.With(token)).GetHomeAsync(new GetHomeRequest { LearnerId = "alice" }, cancellationToken: Cancel).ResponseAsync;
}
