using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

using Grpc.Core;

using KpGrpc.Gateway.Security.Tokens.Development;
using KpGrpc.Gateway.Tests.Fakes;
using KpGrpc.Protos.Learner.V1;

using Microsoft.Extensions.DependencyInjection;

namespace KpGrpc.Gateway.Tests.Security.Tokens;

public sealed class TokenReaderTests
{
    private const string KeyFile = "development-issuer.key";

    private static readonly Dictionary<string, (Func<Scene, string> Token, string Reason)> Hostile = new()
    {
        ["expired"] = (scene => scene.Sign(claims => claims["exp"] = Seconds(-1)), "CREDENTIALS_EXPIRED"),
        ["without end"] = (scene => scene.Sign(claims => claims.Remove("exp")), "CREDENTIALS_EXPIRED"),
        ["not yet valid"] = (scene => scene.Sign(claims => claims["nbf"] = Seconds(2)), "TOKEN_NOT_YET_VALID"),
        ["wrong audience"] = (scene => scene.Sign(claims => claims["aud"] = "somebody-else"), "TOKEN_AUDIENCE"),
        ["without audience"] = (scene => scene.Sign(claims => claims.Remove("aud")), "TOKEN_AUDIENCE"),
        ["wrong issuer"] = (scene => scene.Sign(claims => claims["iss"] = "https://evil.example"), "TOKEN_ISSUER"),
        ["without issuer"] = (scene => scene.Sign(claims => claims.Remove("iss")), "TOKEN_ISSUER"),
        ["without subject"] = (scene => scene.Sign(claims => claims.Remove("sub")), "TOKEN_SUBJECT"),
        ["subject that is no id"] = (scene => scene.Sign(claims => claims["sub"] = "a b"), "TOKEN_SUBJECT"),
        ["unsigned, alg none"] = (scene => HostileTokens.Unsigned(Good(), "none"), "TOKEN_SIGNATURE"),
        ["unsigned, alg None"] = (scene => HostileTokens.Unsigned(Good(), "None"), "TOKEN_SIGNATURE"),
        ["unsigned, alg ES256"] = (scene => HostileTokens.Unsigned(Good(), "ES256"), "TOKEN_SIGNATURE"),
        ["two parts"] = (scene => HostileTokens.Unsigned(Good(), "none").TrimEnd('.'), "TOKEN_MALFORMED"),
        ["HMAC under the public key"] = (scene => HostileTokens.SignHmac(Good(), scene.Key.ExportSubjectPublicKeyInfo(), scene.Kid), "TOKEN_SIGNATURE"),
        ["HMAC under the public key in PEM form"] = (scene => HostileTokens.SignHmac(Good(), Encoding.ASCII.GetBytes(scene.Key.ExportSubjectPublicKeyInfoPem()), scene.Kid), "TOKEN_SIGNATURE"),
        ["another key under the same name"] = (scene => HostileTokens.Sign(Good(), ECDsa.Create(ECCurve.NamedCurves.nistP256), scene.Kid), "TOKEN_SIGNATURE"),
        ["another key under another name"] = (scene => HostileTokens.Sign(Good(), ECDsa.Create(ECCurve.NamedCurves.nistP256), "other"), "TOKEN_SIGNATURE"),
        ["roles changed after signing"] = (scene => Swap(scene.Sign(_ => { })), "TOKEN_SIGNATURE"),
        ["garbage"] = (_ => "garbage", "TOKEN_MALFORMED"),
        ["garbage in three parts"] = (_ => "a.b.c", "TOKEN_MALFORMED"),
        ["nothing"] = (_ => string.Empty, "TOKEN_MALFORMED"),
        ["oversize"] = (scene => scene.Sign(claims => claims["pad"] = new string('x', 8_192)), "CREDENTIALS_TOO_LARGE"),
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HostileTokens_EveryKind_AreUnauthenticatedWithTheirReason()
    {
        await using var fixture = await GatewayFixture.StartLockedAsync("Gateway:Identity:ClockSkew=00:00:00");
        using var scene = new Scene(fixture);
        using var http = new HttpClient { BaseAddress = fixture.Gateway.HttpAddress };
        foreach (var (name, (make, reason)) in Hostile)
        {
            var token = make(scene);
            var refused = await Assert.ThrowsAsync<RpcException>(() => HomeAsync(fixture, token));
            Assert.True(refused.StatusCode == StatusCode.Unauthenticated, $"{name}: {refused.Status}");
            Assert.Equal((name, reason), (name, refused.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>().Reason));
            Assert.True(token.Length < 8 || !refused.Status.Detail.Contains(token, StringComparison.Ordinal), $"{name} is echoed");

            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/learners/alice/home");
            request.Headers.TryAddWithoutValidation("authorization", $"Bearer {token}");
            using var answer = await http.SendAsync(request, Cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{name} over JSON: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task GoodToken_MadeByHand_IsAccepted()
    {
        await using var fixture = await GatewayFixture.StartLockedAsync("Gateway:Identity:ClockSkew=00:00:00");
        using var scene = new Scene(fixture);
        Assert.NotEmpty((await HomeAsync(fixture, scene.Sign(_ => { }))).Items);
        Assert.NotEmpty((await HomeAsync(fixture, scene.Sign(claims => claims["aud"] = new JsonArray("another", "kpgrpc")))).Items);
        Assert.NotEmpty((await HomeAsync(fixture, scene.Sign(claims => (claims["roles"], claims["scope"]) = (null, "openid learner")))).Items);
        Assert.NotEmpty((await HomeAsync(fixture, scene.Sign(claims => claims["roles"] = "learner"))).Items);
    }

    [Fact]
    public async Task ClockSkew_TokenEndedAMomentAgo_IsStillAccepted()
    {
        await using var fixture = await GatewayFixture.StartLockedAsync("Gateway:Identity:ClockSkew=00:01:00");
        using var scene = new Scene(fixture);
        Assert.NotEmpty((await HomeAsync(fixture, scene.Sign(claims => claims["exp"] = Seconds(-30)))).Items);
        var refused = await Assert.ThrowsAsync<RpcException>(() => HomeAsync(fixture, scene.Sign(claims => claims["exp"] = Seconds(-61))));
        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
    }

    [Fact]
    public async Task Token_WithoutRolesOfOurs_IsDenied()
    {
        await using var fixture = await GatewayFixture.StartLockedAsync();
        using var scene = new Scene(fixture);
        var denied = await Assert.ThrowsAsync<RpcException>(() => HomeAsync(fixture, scene.Sign(claims => claims["roles"] = new JsonArray("Learner", "admin", "partner:", "partner"))));
        Assert.Equal(StatusCode.PermissionDenied, denied.StatusCode);
    }

    [Fact]
    public async Task Claims_NamesConfigured_AreRead()
    {
        await using var fixture = await GatewayFixture.StartLockedAsync("Gateway:Identity:SubjectClaim=learner", "Gateway:Identity:RolesClaim=groups", "Gateway:Identity:Audience=shop");
        using var scene = new Scene(fixture);
        var token = scene.Sign(claims => (claims["sub"], claims["roles"], claims["learner"], claims["groups"], claims["aud"]) = ("x", null, "alice", new JsonArray("learner"), "shop"));
        Assert.NotEmpty((await HomeAsync(fixture, token)).Items);
    }

    [Fact]
    public async Task Tokens_MadeByTheIssuerAndUsedTwice_AreCheckedOnce()
    {
        await using var fixture = await GatewayFixture.StartLockedAsync();
        var cache = fixture.Gateway.Services.GetRequiredService<Gateway.Security.Tokens.TokenCache>();
        var token = fixture.Token("alice", "learner");
        await HomeAsync(fixture, token);
        await HomeAsync(fixture, token);
        Assert.Equal(1, cache.Count);
        Assert.Equal("alice", cache.Find(token)?.Subject);
        Assert.Null(cache.Find(token + "x"));
    }

    private static Task<GetHomeResponse> HomeAsync(GatewayFixture fixture, string token) =>
        new LearnerService.LearnerServiceClient(fixture.With(token)).GetHomeAsync(new GetHomeRequest { LearnerId = "alice" }, cancellationToken: Cancel).ResponseAsync;

    private static JsonObject Good() => HostileTokens.Claims(TimeProvider.System.GetUtcNow());

    private static long Seconds(int seconds) => TimeProvider.System.GetUtcNow().AddSeconds(seconds).AddSeconds(seconds > 0 ? 3_600 : 0).ToUnixTimeSeconds();

    private static string Swap(string token)
    {
        var parts = token.Split('.');
        var claims = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])).Replace("learner", "service", StringComparison.Ordinal);
        return $"{parts[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.{parts[2]}";
    }

    /// <summary>A Gateway and the private key of its issuer.</summary>
    private sealed class Scene : IDisposable
    {
        public Scene(GatewayFixture fixture)
        {
            Key = DevelopmentKey.Read(fixture.PathOf(KeyFile));
            Kid = fixture.Gateway.Services.GetRequiredService<DevelopmentIssuer>().Public.Kid;
        }

        public ECDsa Key { get; }

        public string Kid { get; }

        public string Sign(Action<JsonObject> change)
        {
            var claims = Good();
            change(claims);
            return HostileTokens.Sign(claims, Key, Kid);
        }

        public void Dispose() => Key.Dispose();
    }
}
