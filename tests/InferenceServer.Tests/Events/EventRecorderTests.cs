using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Tests.Hosting;
using KpGrpc.Testing;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace KpGrpc.InferenceServer.Tests.Events;

public sealed class EventRecorderTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    [Fact]
    public async Task Start_MarkerBeyondTheLogsEnd_TakesTheWholeLogInAgain()
    {
        await using (var server = await RunningServer.StartAsync(folder))
        {
            await server.RecordAsync(RunningServer.Enrolment("u", "a", 1));
            var log = server.Server.Services.GetRequiredService<EventLog>();
            var redis = server.Server.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase();
            await redis.StringSetAsync($"kp:events:applied:{log.Id:N}", log.End + 1_000);
            await redis.KeyDeleteAsync("kp:history:u");
        }

        await using var again = await RunningServer.StartAsync(folder);
        await again.RecordAsync(RunningServer.Enrolment("u", "b", 2)); // answered once the log is taken in

        var entries = await again.Server.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase().SortedSetLengthAsync("kp:history:u");
        Assert.Equal(2, entries);
    }

    [Fact]
    public async Task RecordAsync_OnOneReplica_ChangesTheNextAnswerOfAnotherThatSharesRedis()
    {
        await using var first = await RunningServer.StartAsync(folder);
        var redis = first.Server.Services.GetRequiredService<IConnectionMultiplexer>().GetEndPoints()[0];
        using var other = new TemporaryDirectory();
        await using var second = await RunningServer.StartAsync(other, $"Redis:ConnectionString=127.0.0.1:{((System.Net.IPEndPoint)redis).Port}");
        await first.UpsertAsync(RunningServer.Work("a"), RunningServer.Work("b"));
        await second.UpsertAsync(RunningServer.Work("a"), RunningServer.Work("b"));
        var before = await second.RecommendAsync("u");

        await first.RecordAsync(RunningServer.Enrolment("u", "a", 1));

        Assert.Equal(["a", "b"], before.Results.Select(work => work.WorkId));
        Assert.Equal(["b"], (await second.RecommendAsync("u")).Results.Select(work => work.WorkId));
    }

    public void Dispose() => folder.Dispose();
}
