using Grpc.Core;

using KpGrpc.Gateway.Tests.Fakes;
using KpGrpc.Protos.Learner.V1;
using KpGrpc.Testing;

using Microsoft.Extensions.Logging;

namespace KpGrpc.Gateway.Tests.Services.Profiles;

public sealed class ProfileReaderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly GetProfileRequest Alice = new() { LearnerId = "alice", LanguageTag = "zh" };

    [Fact]
    public async Task GetProfile_AskedTwice_IsReadOnce()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        await fixture.Learner.GetProfileAsync(Alice, cancellationToken: Cancel);
        var second = await fixture.Learner.GetProfileAsync(Alice, cancellationToken: Cancel);
        Assert.Equal(1, fixture.Inference.ProfileReads);
        Assert.Equal("alice", second.Profile.LearnerId);
        Assert.False(second.Degraded);
    }

    [Fact]
    public async Task GetProfile_AfterPurchaseOrEvent_IsReadAgain()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        await fixture.TopUpAsync("alice", 5_000, Cancel);
        await fixture.Learner.GetProfileAsync(Alice, cancellationToken: Cancel);

        await fixture.Learner.PurchaseAsync(GatewayFixture.Buy("alice", "w-1", 1_000), cancellationToken: Cancel);
        var bought = await fixture.Learner.GetProfileAsync(Alice, cancellationToken: Cancel);
        Assert.Equal(2u, bought.Profile.Version);
        Assert.Equal("睡个好觉", Assert.Single(bought.Profile.RecentWorks).Title);

        await GatewayFixture.ViewAsync(fixture.Gateway, "alice", "w-2", Cancel);
        var viewed = await fixture.Learner.GetProfileAsync(Alice, cancellationToken: Cancel);
        Assert.Equal(3u, viewed.Profile.Version);
    }

    [Fact]
    public async Task GetProfile_EventWhileItIsFetched_DoesNotLeaveTheOldOneFresh()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        var hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.Inference.HoldProfiles = hold;
        var early = fixture.Learner.GetProfileAsync(Alice, cancellationToken: Cancel).ResponseAsync;
        await TimeLimit.UntilAsync(() => Task.FromResult(fixture.Inference.ProfileReads == 1), "the fetch");
        await GatewayFixture.ViewAsync(fixture.Gateway, "alice", "w-2", Cancel);
        fixture.Inference.HoldProfiles = null;
        hold.SetResult();
        Assert.Equal(1u, (await early.WithinAsync("the early answer")).Profile.Version);

        var late = await fixture.Learner.GetProfileAsync(Alice, cancellationToken: Cancel);
        Assert.Equal(2u, late.Profile.Version);
    }

    [Fact]
    public async Task GetProfile_InferenceAway_ShowsTheLastOneMarked()
    {
        await using var fixture = await GatewayFixture.StartAsync("Gateway:Cache:ProfileFresh=00:00:00.001");
        await fixture.Learner.GetProfileAsync(Alice, cancellationToken: Cancel);
        fixture.Inference.IsAway = true;
        await TimeLimit.UntilAsync(
            async () => (await fixture.Learner.GetProfileAsync(Alice, cancellationToken: Cancel)).Degraded, "a degraded answer");

        var unknown = await Assert.ThrowsAsync<RpcException>(
            () => fixture.Learner.GetProfileAsync(new GetProfileRequest { LearnerId = "bob" }, cancellationToken: Cancel).ResponseAsync);
        Assert.Equal(StatusCode.Unavailable, unknown.StatusCode);
    }

    [Fact]
    public async Task GetProfile_RedisStopped_IsAnsweredDirectlyAndToldOnce()
    {
        using var redis = new RedisProxy();
        await using var fixture = await GatewayFixture.StartAsync($"Redis:ConnectionString={redis.ConnectionString}", "Gateway:Cache:RetryAfter=00:00:00", "Gateway:Cache:Timeout=00:00:00.200");
        redis.StopServer();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var answer = await fixture.Learner.GetProfileAsync(Alice, cancellationToken: Cancel).ResponseAsync.WithinAsync("a direct answer");
            Assert.False(answer.Degraded);
        }

        Assert.Equal(3, fixture.Inference.ProfileReads);
        Assert.Single(fixture.Gateway.Logs.Entries, entry => entry.Level == LogLevel.Warning && entry.Text.Contains("Redis is away", StringComparison.Ordinal));
    }

    [Fact]
    public async Task GetProfile_RedisFrozenThenThawed_IsAnsweredDirectlyAndCachesAgain()
    {
        using var redis = new RedisProxy();
        await using var fixture = await GatewayFixture.StartAsync(
            $"Redis:ConnectionString={redis.ConnectionString}", "Gateway:Cache:RetryAfter=00:00:00", "Gateway:Cache:Timeout=00:00:00.200");
        redis.Freeze();
        await fixture.Learner.GetProfileAsync(Alice, cancellationToken: Cancel).ResponseAsync.WithinAsync("a direct answer");
        var reads = fixture.Inference.ProfileReads;
        redis.Thaw();
        await TimeLimit.UntilAsync(
            async () =>
            {
                reads = fixture.Inference.ProfileReads;
                await fixture.Learner.GetProfileAsync(Alice, cancellationToken: Cancel);
                return fixture.Inference.ProfileReads == reads;
            },
            "a cache hit");
    }
}
