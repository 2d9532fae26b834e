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

    public void Dispose() => folder.Dispose();
}
