using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

using KpGrpc.Gateway.Tests.Fakes;
using KpGrpc.Protos.Learner.V1;

namespace KpGrpc.Gateway.Tests.Security.Tokens.Development;

public sealed class DevelopmentEndpointsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Token_AskedFor_OpensTheDoorAndOutlivesARestart()
    {
        await using var fixture = await GatewayFixture.StartLockedAsync();
        using var http = new HttpClient { BaseAddress = fixture.Gateway.HttpAddress };
        using var answer = await http.PostAsJsonAsync("/dev/token", new { subject = "alice", roles = new[] { "learner" } }, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        var granted = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal("Bearer", granted.GetProperty("token_type").GetString());
        Assert.Equal(8 * 3_600, granted.GetProperty("expires_in").GetInt32());

        var token = granted.GetProperty("access_token").GetString()!;
        Assert.NotEmpty((await HomeAsync(fixture, token)).Items);
        await fixture.RestartGatewayAsync("Gateway:AllowAnonymous=false");
        Assert.NotEmpty((await HomeAsync(fixture, token)).Items);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(fixture.PathOf("development-issuer.key")));
        }
    }

    [Fact]
    public async Task Metadata_AndKeys_NameEachOtherAndHoldNoSecret()
    {
        await using var fixture = await GatewayFixture.StartLockedAsync();
        using var http = new HttpClient { BaseAddress = fixture.Gateway.HttpAddress };
        var metadata = await http.GetFromJsonAsync<JsonElement>("/.well-known/openid-configuration", Cancel);
        Assert.Equal($"{fixture.Gateway.HttpAddress}dev/jwks", metadata.GetProperty("jwks_uri").GetString());
        var keys = await http.GetFromJsonAsync<JsonElement>(metadata.GetProperty("jwks_uri").GetString(), Cancel);
        var key = keys.GetProperty("keys").EnumerateArray().Single();
        Assert.Equal("EC", key.GetProperty("kty").GetString());
        Assert.False(key.TryGetProperty("d", out _));
    }

    [Theory]
    [InlineData("""{"subject":"a b"}""", 400)]
    [InlineData("""{}""", 400)]
    [InlineData("""{"subject":"alice","roles":["admin"]}""", 400)]
    [InlineData("""{"subject":"alice","roles":["partner:"]}""", 400)]
    [InlineData("""{"subject":"alice","roles":[null]}""", 400)]
    [InlineData("""{"subject":""", 400)]
    [InlineData("""{"subject":"alice"}""", 415, "text/plain")]
    [InlineData("""{"subject":"alice"}""", 404, "application/json", "evil.example")]
    public async Task Token_BadRequest_IsRefused(string body, int status, string type = "application/json", string? host = null)
    {
        await using var fixture = await GatewayFixture.StartLockedAsync();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(fixture.Gateway.HttpAddress, "/dev/token")) { Content = new StringContent(body, Encoding.UTF8, type) };
        request.Headers.Host = host;
        using var answer = await http.SendAsync(request, Cancel);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    private static async Task<GetHomeResponse> HomeAsync(GatewayFixture fixture, string token) =>
        await new LearnerService.LearnerServiceClient(fixture.With(token)).GetHomeAsync(new GetHomeRequest { LearnerId = "alice" }, cancellationToken: Cancel);
}
