using System.Diagnostics;

using Grpc.Core;

using KpGrpc.Gateway.Tests.Fakes;
using KpGrpc.Protos.Learner.V1;
using KpGrpc.Protos.Profile.V1;
using KpGrpc.Testing;

using StackExchange.Redis;

using GetProfileRequest = KpGrpc.Protos.Learner.V1.GetProfileRequest;

namespace KpGrpc.Gateway.Tests.Caching;

/// <summary>Two Gateways over one Redis.</summary>
public sealed class ReplicaTests
{
    private static readonly TimeSpan SeenWithin = TimeSpan.FromSeconds(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Event_AcknowledgedByOne_IsSeenByTheOtherWithinASecond_RealRedis()
    {
        await using var redis = await RealRedis.StartAsync();
        await CheckEventsAsync(redis.ConnectionString);
    }

    [Fact]
    public async Task Event_AcknowledgedByOne_IsSeenByTheOtherWithinASecond_Garnet()
    {
        using var redis = new RedisProxy();
        await CheckEventsAsync(redis.ConnectionString);
    }

    [Fact]
    public async Task Event_AcknowledgedByOne_IsSeenByTheOtherWithinASecond_Cluster()
    {
        await using var first = await RealRedis.StartAsync("--cluster-enabled", "yes");
        await using var second = await RealRedis.StartAsync("--cluster-enabled", "yes");
        await JoinAsync(first, second);
        await CheckEventsAsync($"127.0.0.1:{first.Port},127.0.0.1:{second.Port},connectTimeout=500");
    }

    [Fact]
    public async Task Event_AcknowledgedByOne_IsSeenByTheOtherWithinASecond_Sentinel()
    {
        await using var master = await RealRedis.StartAsync();
        using var folder = new TemporaryDirectory();
        var file = folder.Combine("sentinel.conf");
        await File.WriteAllTextAsync(file, $"sentinel monitor kp 127.0.0.1 {master.Port} 1\n", Cancel);
        await using var sentinel = await RealRedis.StartAsync(file, "--sentinel");
        await CheckEventsAsync($"127.0.0.1:{sentinel.Port},serviceName=kp,connectTimeout=1000");
    }

    [Fact]
    public async Task Event_InAFullRedis_IsSeenByTheOtherAndCachingComesBack()
    {
        await using var redis = await RealRedis.StartAsync("--maxmemory-policy", "noeviction");
        await using var fixture = await GatewayFixture.StartAsync($"Redis:ConnectionString={redis.ConnectionString}");
        var other = await fixture.StartAnotherAsync($"Redis:ConnectionString={redis.ConnectionString}");
        await ReadAsync(other);
        await using var admin = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        var server = admin.GetServer($"127.0.0.1:{redis.Port}");
        await server.ConfigSetAsync("maxmemory", "1");

        await CheckOneAsync(fixture, other);
        for (var call = 0; call < 5; call++)
        {
            Assert.False((await ReadAsync(other)).Degraded);
        }

        await server.ConfigSetAsync("maxmemory", "0");
        await CachesAgainAsync(fixture, other);
        await CheckOneAsync(fixture, other);
    }

    [Fact]
    public async Task Event_WhileRedisWasGone_IsSeenByTheOtherOnceItIsBack()
    {
        await using var redis = await RealRedis.StartAsync();
        string[] settings = [$"Redis:ConnectionString={redis.ConnectionString}", "Gateway:Cache:Timeout=00:00:00.200", "Gateway:Cache:RetryAfter=00:00:00.300", "Gateway:Cache:RevalidateAfter=00:00:00.250", "Gateway:Cache:ProfileFresh=00:10:00"];
        await using var fixture = await GatewayFixture.StartAsync(settings);
        var other = await fixture.StartAnotherAsync(settings);
        await ReadAsync(other);

        await redis.FreezeAsync();
        await CheckOneAsync(fixture, other);
        await redis.ThawAsync();
        await CachesAgainAsync(fixture, other);
        await CheckOneAsync(fixture, other);

        await redis.KillAsync();
        await CheckOneAsync(fixture, other);
        await redis.StartAgainAsync();
        await CachesAgainAsync(fixture, other);
        await CheckOneAsync(fixture, other);
    }

    [Fact]
    public async Task Event_ThatRedisCouldNotBeTold_IsSeenByTheOtherOnceItIsBack()
    {
        await using var redis = await RealRedis.StartAsync();
        string[] settings = [$"Redis:ConnectionString={redis.ConnectionString}", "Gateway:Cache:Timeout=00:00:00.200", "Gateway:Cache:ProfileFresh=00:10:00"];
        await using var fixture = await GatewayFixture.StartAsync(settings);
        var other = await fixture.StartAnotherAsync(settings);
        await CachesAgainAsync(fixture, other, "bob");

        await redis.FreezeAsync();
        // After this Redis is left alone for a second, so that of bob it hears nothing, not even late.
        await GatewayFixture.ViewAsync(fixture.Gateway, "alice", "w-1", Cancel);
        await GatewayFixture.ViewAsync(fixture.Gateway, "bob", "w-1", Cancel);
        await redis.ThawAsync();

        await TimeLimit.UntilAsync(async () => (await ReadAsync(other, "bob")).Profile.Version == 2, "bob's event", TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task DeleteLearner_AtOne_LeavesNothingToShowAtTheOther()
    {
        await using var redis = await RealRedis.StartAsync();
        string[] settings = [$"Redis:ConnectionString={redis.ConnectionString}", "Gateway:Cache:ProfileFresh=00:10:00"];
        await using var fixture = await GatewayFixture.StartAsync(settings);
        var other = await fixture.StartAnotherAsync(settings);
        var learner = new LearnerService.LearnerServiceClient(other.Channel);
        await GatewayFixture.ViewAsync(fixture.Gateway, "alice", "w-2", Cancel);
        await learner.GetHomeAsync(new GetHomeRequest { LearnerId = "alice" }, cancellationToken: Cancel);
        await ReadAsync(other);

        var request = new DeleteLearnerRequest { IdempotencyKey = GatewayFixture.NewKey(), LearnerId = "alice" };
        var erased = await new ProfileService.ProfileServiceClient(fixture.Gateway.Channel).DeleteLearnerAsync(request, cancellationToken: Cancel);
        Assert.Equal(1u, erased.ErasedEvents);
        fixture.Inference.IsAway = true;

        await Task.Delay(SeenWithin, Cancel);
        foreach (var gateway in (TestServer[])[fixture.Gateway, other])
        {
            var gone = await Assert.ThrowsAsync<RpcException>(() => ReadAsync(gateway));
            Assert.Equal(StatusCode.Unavailable, gone.StatusCode);
        }

        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        var keys = connection.GetServer($"127.0.0.1:{redis.Port}").Keys(pattern: "kp:gw:*").Select(key => key.ToString()).ToArray();
        Assert.DoesNotContain(keys, key => key.EndsWith(":profile", StringComparison.Ordinal));
        Assert.Equal(["kp:gw:{popular}:home"], keys.Where(key => key.EndsWith(":home", StringComparison.Ordinal)));
    }

    private static async Task CheckEventsAsync(string connectionString)
    {
        // Nothing runs out by itself within the test.
        string[] settings = [$"Redis:ConnectionString={connectionString}", "Gateway:Cache:ProfileFresh=00:10:00"];
        await using var fixture = await GatewayFixture.StartAsync(settings);
        var other = await fixture.StartAnotherAsync(settings);
        await CachesAgainAsync(fixture, other);
        for (var round = 0; round < 3; round++)
        {
            await CheckOneAsync(fixture, other);
        }
    }

    // The other one has the profile in memory and in use when the event comes.
    private static async Task CheckOneAsync(GatewayFixture fixture, TestServer other)
    {
        var before = (await ReadAsync(other)).Profile.Version;
        await GatewayFixture.ViewAsync(fixture.Gateway, "alice", "w-1", Cancel);
        var acknowledged = Stopwatch.StartNew();
        Assert.Equal(before + 1, (await ReadAsync(fixture.Gateway)).Profile.Version);
        while (true)
        {
            var asked = acknowledged.Elapsed;
            var seen = (await ReadAsync(other)).Profile.Version;
            if (seen == before + 1)
            {
                return;
            }

            Assert.Equal(before, seen);
            Assert.InRange(asked, TimeSpan.Zero, SeenWithin);
            await Task.Delay(10, Cancel);
        }
    }

    private static Task CachesAgainAsync(GatewayFixture fixture, TestServer other, string learnerId = "alice") => TimeLimit.UntilAsync(
        async () =>
        {
            await ReadAsync(other, learnerId);
            var reads = fixture.Inference.ProfileReads;
            await ReadAsync(other, learnerId);
            return fixture.Inference.ProfileReads == reads;
        },
        "a cache hit");

    private static async Task<Protos.Learner.V1.GetProfileResponse> ReadAsync(TestServer gateway, string learnerId = "alice") =>
        await new LearnerService.LearnerServiceClient(gateway.Channel).GetProfileAsync(new GetProfileRequest { LearnerId = learnerId }, cancellationToken: Cancel).ResponseAsync.WithinAsync("a profile");

    private static async Task JoinAsync(RealRedis first, RealRedis second)
    {
        await using var one = await ConnectionMultiplexer.ConnectAsync($"{first.ConnectionString},proxy=None");
        await using var two = await ConnectionMultiplexer.ConnectAsync($"{second.ConnectionString},proxy=None");
        await one.GetServer($"127.0.0.1:{first.Port}").ExecuteAsync("CLUSTER", "ADDSLOTSRANGE", "0", "8191");
        await two.GetServer($"127.0.0.1:{second.Port}").ExecuteAsync("CLUSTER", "ADDSLOTSRANGE", "8192", "16383");
        await one.GetServer($"127.0.0.1:{first.Port}").ExecuteAsync("CLUSTER", "MEET", "127.0.0.1", second.Port);
        await TimeLimit.UntilAsync(
            async () => (await one.GetServer($"127.0.0.1:{first.Port}").ExecuteAsync("CLUSTER", "INFO")).ToString().Contains("cluster_state:ok", StringComparison.Ordinal)
                && (await two.GetServer($"127.0.0.1:{second.Port}").ExecuteAsync("CLUSTER", "INFO")).ToString().Contains("cluster_state:ok", StringComparison.Ordinal),
            "the cluster");
    }
}
