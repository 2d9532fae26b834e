using Grpc.Core;
using Grpc.Core.Interceptors;

using KpGrpc.Gateway.Security.ApiKeys;
using KpGrpc.Gateway.Tests.Fakes;
using KpGrpc.Protos.Catalog.V1;
using KpGrpc.Protos.Learner.V1;
using KpGrpc.Testing;

using Microsoft.Extensions.Logging;

namespace KpGrpc.Gateway.Tests.Security.Callers;

public sealed class CredentialsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Basic YTpi", "TOKEN_MALFORMED")]
    [InlineData("Bearer", "TOKEN_MALFORMED")]
    [InlineData("", "TOKEN_MALFORMED")]
    public async Task Authorization_OfAnotherKind_IsMalformed(string header, string reason)
    {
        await using var fixture = await GatewayFixture.StartLockedAsync();
        var refused = await Assert.ThrowsAsync<RpcException>(() => HomeAsync(fixture.WithHeader("authorization", header)));
        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
        Assert.Equal(reason, refused.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>().Reason);
    }

    [Theory]
    [InlineData("x-api-key", "CREDENTIALS_SEVERAL")]
    // One header with a comma in it, as HTTP joins them.
    [InlineData("authorization", "TOKEN_MALFORMED")]
    public async Task TokenAndKey_OrTwoTokens_AreRefused(string second, string reason)
    {
        await using var fixture = await GatewayFixture.StartLockedAsync();
        var token = fixture.Token("alice", "learner");
        var both = fixture.With(token).Intercept(metadata =>
        {
            metadata.Add(second, $"Bearer {token}");
            return metadata;
        });
        var refused = await Assert.ThrowsAsync<RpcException>(() => HomeAsync(both));
        Assert.Equal((StatusCode.Unauthenticated, reason), (refused.StatusCode, refused.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>().Reason));
    }

    [Fact]
    public async Task AllowAnonymous_BadToken_IsStillRefused()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        Assert.NotEmpty((await fixture.Learner.GetHomeAsync(new GetHomeRequest { LearnerId = "alice" }, cancellationToken: Cancel)).Items);
        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(() => HomeAsync(fixture.With("garbage")))).StatusCode);
    }

    [Fact]
    public async Task Secrets_GoodAndBadOnEveryPath_AreInNoLogLine()
    {
        using var everything = new EveryLine();
        await using var fixture = await GatewayFixture.StartAsync(
            builder => builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(everything), "Gateway:AllowAnonymous=false", "Logging:LogLevel:Default=Trace", "Logging:LogLevel:Microsoft=Trace");
        var (good, bad) = (fixture.Token("alice", "learner"), fixture.Token("alice", "learner") + "x");
        var key = ApiKeyText.Create().Reveal();
        await HomeAsync(fixture.With(good));
        await new CatalogService.CatalogServiceClient(fixture.With(good)).GetWorkAsync(new GetWorkRequest { WorkId = "w-1" }, cancellationToken: Cancel);
        await Assert.ThrowsAsync<RpcException>(() => HomeAsync(fixture.With(bad)));
        await Assert.ThrowsAsync<RpcException>(() => HomeAsync(fixture.WithHeader("x-api-key", key)));
        using var http = new HttpClient { BaseAddress = fixture.Gateway.HttpAddress };
        http.DefaultRequestHeaders.Add("authorization", $"Bearer {good}");
        await http.GetStringAsync(new Uri("/v1/learners/alice/home", UriKind.Relative), Cancel);

        var lines = everything.Lines;
        Assert.Contains(lines, line => line.Contains("/v1/learners/alice/home", StringComparison.Ordinal));
        var signature = good.Split('.')[2];
        Assert.All(lines, line => Assert.False(
            line.Contains(signature, StringComparison.Ordinal) || line.Contains(bad.Split('.')[2], StringComparison.Ordinal) || line.Contains(key[20..], StringComparison.Ordinal), line));
    }

    private static Task<GetHomeResponse> HomeAsync(CallInvoker invoker) =>
        new LearnerService.LearnerServiceClient(invoker).GetHomeAsync(new GetHomeRequest { LearnerId = "alice" }, cancellationToken: Cancel).ResponseAsync.WithinAsync("the feed");
}
