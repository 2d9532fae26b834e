using System.Net;

using Google.Rpc;

using Grpc.Core;

using KpGrpc.Gateway.Tests.Fakes;
using KpGrpc.Protos.Learner.V1;
using KpGrpc.Testing;

namespace KpGrpc.Gateway.Tests.Services.Access;

public sealed class LimitsMiddlewareTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_BeyondTheRate_AreRefusedWithTheTimeToComeBack_AndOthersAreNot()
    {
        await using var fixture = await GatewayFixture.StartLockedAsync("Limits:CallsPerSecond=20");
        var alice = new LearnerService.LearnerServiceClient(fixture.As("alice", "learner"));

        var refused = await OfManyAsync(alice, "alice", 200);

        var detail = refused[^1].GetRpcStatus()!.GetDetail<RetryInfo>();
        Assert.InRange(detail.RetryDelay.ToTimeSpan(), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Contains("Limits:CallsPerSecond", refused[^1].Status.Detail, StringComparison.Ordinal);
        await ProfileAsync(new LearnerService.LearnerServiceClient(fixture.As("bob", "learner")), "bob");
        await Task.Delay(detail.RetryDelay.ToTimeSpan() + TimeSpan.FromMilliseconds(50), Cancel);
        await ProfileAsync(alice, "alice");
    }

    [Fact]
    public async Task Calls_ThroughTwoReplicas_ShareOneRate()
    {
        using var redis = new RedisProxy();
        string[] settings = ["Limits:CallsPerSecond=50", $"Redis:ConnectionString={redis.ConnectionString}"];
        await using var one = await GatewayFixture.StartLockedAsync(settings);
        await using var other = await GatewayFixture.StartLockedAsync(settings);
        var clients = new[] { one, other }.Select(fixture => new LearnerService.LearnerServiceClient(fixture.As("alice", "learner"))).ToArray();

        var (answered, seconds) = (0, new HashSet<long>());
        foreach (var call in Enumerable.Range(0, 400))
        {
            seconds.Add(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
            answered += await TryProfileAsync(clients[call % 2], "alice") is null ? 1 : 0;
        }

        seconds.Add(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        Assert.InRange(answered, 1, 50 * seconds.Count);
        Assert.True(answered < 400, "nothing was refused: the test called too slowly to say anything");
    }

    [Fact]
    public async Task Calls_WhileRedisIsFrozen_AreCountedHere()
    {
        using var redis = new RedisProxy();
        await using var fixture = await GatewayFixture.StartLockedAsync("Limits:CallsPerSecond=20", $"Redis:ConnectionString={redis.ConnectionString}", "Gateway:Cache:Timeout=00:00:00.050");
        var alice = new LearnerService.LearnerServiceClient(fixture.As("alice", "learner"));
        await ProfileAsync(alice, "alice");

        redis.Freeze();

        await Task.Delay(TimeSpan.FromSeconds(1.1), Cancel); // another second, with a budget of its own
        await ProfileAsync(alice, "alice");
        await OfManyAsync(alice, "alice", 200);
        redis.Thaw();
    }

    [Fact]
    public async Task Calls_UnderWayBeyondTheBound_AreRefused()
    {
        await using var fixture = await GatewayFixture.StartLockedAsync("Limits:ConcurrentCalls=2");
        var hold = fixture.Inference.HoldProfiles = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var alice = new LearnerService.LearnerServiceClient(fixture.As("alice", "learner"));

        var calls = Enumerable.Range(0, 6).Select(_ => TryProfileAsync(alice, "alice")).ToList();
        for (var refused = 0; refused < 4; refused++)
        {
            var first = await Task.WhenAny(calls);
            calls.Remove(first);
            Assert.Contains("Limits:ConcurrentCalls", (await first)!.Status.Detail, StringComparison.Ordinal);
        }

        hold.SetResult();
        Assert.All(await Task.WhenAll(calls), Assert.Null);
    }

    [Fact]
    public async Task Json_BeyondTheRate_AnswersTooManyRequests()
    {
        await using var fixture = await GatewayFixture.StartLockedAsync("Limits:CallsPerSecond=5");
        using var http = new HttpClient { BaseAddress = fixture.Gateway.HttpAddress };
        http.DefaultRequestHeaders.Add("authorization", $"Bearer {fixture.Token("alice", "learner")}");

        var codes = new List<HttpStatusCode>();
        for (var call = 0; call < 60; call++)
        {
            using var answer = await http.GetAsync(new Uri("/v1/learners/alice/profile", UriKind.Relative), Cancel);
            codes.Add(answer.StatusCode);
        }

        Assert.Contains(HttpStatusCode.OK, codes);
        Assert.Contains(HttpStatusCode.TooManyRequests, codes);
    }

    private static async Task<List<RpcException>> OfManyAsync(LearnerService.LearnerServiceClient client, string learner, int calls)
    {
        var refused = new List<RpcException>();
        for (var call = 0; call < calls; call++)
        {
            if (await TryProfileAsync(client, learner) is { } failure)
            {
                Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
                refused.Add(failure);
            }
        }

        Assert.NotEmpty(refused);
        return refused;
    }

    private static async Task<RpcException?> TryProfileAsync(LearnerService.LearnerServiceClient client, string learner)
    {
        try
        {
            await ProfileAsync(client, learner);
            return null;
        }
        catch (RpcException failure)
        {
            return failure;
        }
    }

    private static Task<GetProfileResponse> ProfileAsync(LearnerService.LearnerServiceClient client, string learner) =>
        client.GetProfileAsync(new GetProfileRequest { LearnerId = learner }, cancellationToken: Cancel).ResponseAsync;
}
