using System.Collections.Concurrent;

using KpGrpc.Client.Gathering;
using KpGrpc.Testing;

namespace KpGrpc.Client.Tests.Gathering;

public sealed class GathererTests
{
    [Fact]
    public async Task TryAdd_FromManyThreads_EveryItemIsSentOnceWithinTheBounds()
    {
        var sent = new ConcurrentQueue<int>();
        var (running, most, largest) = (0, 0, 0);
        var gatherer = new Gatherer<int>(new GatherBounds(QueueMax: 100, TakeMax: 7, SendsMax: 3, BesideMin: 2), async items =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref running));
            InterlockedMax(ref largest, items.Length);
            foreach (var item in items.ToArray())
            {
                sent.Enqueue(item);
            }

            await Task.Yield();
            Interlocked.Decrement(ref running);
        });

        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => AddAsync(thread * 1_000))).WithinAsync("the adding");
        await gatherer.DisposeAsync().AsTask().WithinAsync("the dispose");

        Assert.Equal(Enumerable.Range(0, 8_000), sent.Order());
        Assert.InRange(most, 1, 3);
        Assert.InRange(largest, 1, 7);

        async Task AddAsync(int from)
        {
            await Task.Yield();
            for (var i = 0; i < 1_000; i++)
            {
                while (!gatherer.TryAdd(from + i))
                {
                    await gatherer.WaitForSpaceAsync(TestContext.Current.CancellationToken);
                }
            }
        }
    }

    [Fact]
    public async Task DisposeAsync_Twice_EndsAndWakesWhoWaits()
    {
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gatherer = new Gatherer<int>(new GatherBounds(1, 1, 1, 1), _ => open.Task);
        while (gatherer.TryAdd(1))
        {
        }

        var space = gatherer.WaitForSpaceAsync(TestContext.Current.CancellationToken);
        var disposed = gatherer.DisposeAsync().AsTask();
        await space.WithinAsync("the waiting caller");
        Assert.Throws<ObjectDisposedException>(() => gatherer.TryAdd(2));
        open.SetResult();
        await disposed.WithinAsync("the dispose");
        await gatherer.DisposeAsync().AsTask().WithinAsync("the second dispose");
    }

    private static void InterlockedMax(ref int place, int value)
    {
        var seen = Volatile.Read(ref place);
        while (value > seen)
        {
            seen = Interlocked.CompareExchange(ref place, value, seen);
            value = seen >= value ? 0 : value;
        }
    }
}
