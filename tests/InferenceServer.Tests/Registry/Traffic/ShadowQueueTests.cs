using KpGrpc.InferenceServer.Registry.Serving;
using KpGrpc.InferenceServer.Registry.Traffic;
using KpGrpc.InferenceServer.Telemetry;
using KpGrpc.InferenceServer.Tests.Registry.Loading;
using KpGrpc.Testing;
using Microsoft.Extensions.Options;

namespace KpGrpc.InferenceServer.Tests.Registry.Traffic;

public sealed class ShadowQueueTests
{
    [Fact]
    public async Task Offer_MoreThanTheQueueHolds_ReturnsAtOnceAndGivesEveryLeaseBack()
    {
        var options = Options.Create(new RegistryOptions { ShadowQueueMax = 4, ShadowConcurrency = 2 });
        using var queue = new ShadowQueue(options, InferenceMetrics.Unread, TimeProvider.System);
        var version = LoadedModel.Version();
        var asked = 0;
        for (var copy = 0; copy < 10; copy++)
        {
            queue.Offer(version.TryLease()!, (_, _, _, _) =>
            {
                Interlocked.Increment(ref asked);
                return asked % 2 == 0 ? Task.CompletedTask : Task.FromException(new InvalidOperationException("a shadow fails alone"));
            });
        }

        await queue.StartAsync(TestContext.Current.CancellationToken);
        await TimeLimit.UntilAsync(() => Task.FromResult(Volatile.Read(ref asked) == 4), "four copies");
        await version.RetireAsync().WithinAsync("the last lease");
        await queue.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(4, asked);
    }
}
