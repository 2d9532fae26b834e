using Grpc.Core;
using KpGrpc.InferenceServer.Histories;
using KpGrpc.InferenceServer.Tests.Hosting;
using KpGrpc.Protos.Event.V1;
using KpGrpc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KpGrpc.InferenceServer.Tests.Histories;

public sealed class LearnerHistoriesTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    [Fact]
    public async Task ReadAsync_BehindAFloodOfExposures_StillKnowsWhatSheDid()
    {
        await using var server = await RunningServer.StartAsync(folder, "Histories:EventsMax=20");
        await server.RecordAsync(RunningServer.Enrolment("u", "a", 1), RunningServer.Enrolment("u", "b", 2));
        await server.RecordAsync([.. Enumerable.Range(0, 200).Select(n => Of(EventKind.Exposure, $"s{n}", 10 + n))]);

        var history = await Histories(server).ReadAsync("u");

        Assert.Equal(["a", "b"], history.Interests());
        Assert.Equal(["a", "b"], history.Taken().Order());
        Assert.Equal(22, history.Entries.Count);
        Assert.Equal(history.Entries.OrderBy(entry => entry.UnixMilliseconds), history.Entries);
    }

    [Fact]
    public async Task Taken_OfWorksWhoseEventsWerePushedOut_IsKeptInAnyOrderOfArrival()
    {
        await using var server = await RunningServer.StartAsync(folder, "Histories:EventsMax=10");
        await server.RecordAsync(
            Of(EventKind.Refund, "returned", 5), Of(EventKind.Enrol, "returned", 4), // the later event came first
            Of(EventKind.Enrol, "again", 6), Of(EventKind.Refund, "again", 5), Of(EventKind.Enrol, "owned", 1), Of(EventKind.Hide, "hidden", 2));
        await server.RecordAsync([.. Enumerable.Range(0, 30).Select(n => Of(EventKind.View, $"v{n}", 10 + n))]);

        var history = await Histories(server).ReadAsync("u");

        Assert.Equal(["again", "owned"], history.Taken().Order());
        Assert.Equal(["hidden"], history.Hidden());
        Assert.DoesNotContain(history.Entries, entry => entry.WorkId == "owned");
    }

    [Fact]
    public async Task RecordAsync_WhileRedisIsFrozen_SaysUnavailableAndIsWholeAfterTheNextTry()
    {
        using var redis = new RedisProxy();
        await using var server = await RunningServer.StartAsync(folder, $"Redis:ConnectionString={redis.ConnectionString}", "Redis:CommandTimeout=00:00:00.300");
        await server.RecordAsync(RunningServer.Enrolment("u", "a", 1));

        redis.Freeze();
        var refused = await Assert.ThrowsAsync<RpcException>(() => server.RecordAsync(RunningServer.Enrolment("u", "b", 2)));
        redis.Thaw();

        Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
        await server.RecordAsync(RunningServer.Enrolment("u", "b", 2));
        Assert.Equal(["a", "b"], (await Histories(server).ReadAsync("u")).Interests());
    }

    public void Dispose() => folder.Dispose();

    private static LearnerHistories Histories(RunningServer server) => server.Server.Services.GetRequiredService<LearnerHistories>();

    private static Event Of(EventKind kind, string work, int second)
    {
        var sent = RunningServer.Enrolment("u", work, second, (byte)kind);
        sent.Kind = kind;
        sent.Exposure = kind == EventKind.Exposure ? new Exposure { Position = 1 } : null;
        sent.Price = kind == EventKind.Refund ? RunningServer.Work("x").Price : null;
        return sent;
    }
}
