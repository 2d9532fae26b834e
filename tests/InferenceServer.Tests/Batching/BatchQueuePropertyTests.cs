using CsCheck;
using KpGrpc.InferenceServer.Batching;

namespace KpGrpc.InferenceServer.Tests.Batching;

/// <summary>Random arrivals, cancellations and deadlines against a plain list of what waits.</summary>
public sealed class BatchQueuePropertyTests
{
    private static readonly Gen<(int Kind, int Length, int Wait, int Deadline)> Step = Gen.Select(Gen.Int[0, 9], Gen.Int[1, 60], Gen.Int[0, 8], Gen.Int[1, 60]);

    private static readonly Gen<BatchingOptions> Bounds = Gen.Select(Gen.Int[1, 8], Gen.Int[1, 300], Gen.Int[0, 10], Gen.Int[0, 30], Gen.Double[0, 1]).Select(
        (rows, tokens, delay, bulk, padding) => new BatchingOptions
        {
            RowsMax = rows,
            TokensMax = tokens,
            QueueDelayMax = TimeSpan.FromMilliseconds(delay),
            BulkDelay = TimeSpan.FromMilliseconds(bulk),
            PaddingMax = padding,
        });

    [Fact]
    public void TakeNext_AnyArrivals_EachLeavesOnceInOrderAndWithinBounds() =>
        Gen.Select(Bounds, Step.Array[0, 120]).Sample((options, steps) => new Play(options).Run(steps), iter: 2_000);

    private sealed class Play(BatchingOptions options)
    {
        private readonly BatchQueue<int, int> queue = new(options);
        private readonly List<WaitingRequest<int, int>> waiting = [];
        private readonly HashSet<WaitingRequest<int, int>> dropped = [];
        private TimeSpan now;
        private int left;

        public void Run((int Kind, int Length, int Wait, int Deadline)[] steps)
        {
            queue.Dropped = request => Assert.True(dropped.Add(request), "dropped twice");
            for (var i = 0; i < steps.Length; i++)
            {
                var (kind, length, wait, deadline) = steps[i];
                now += TimeSpan.FromMilliseconds(wait);
                if (kind < 6)
                {
                    var ends = kind == 5 ? now + TimeSpan.FromMilliseconds(deadline) : TimeSpan.MaxValue;
                    var request = new WaitingRequest<int, int>(i, length, kind % 2 == 0 ? Priority.Interactive : Priority.Bulk, now, ends);
                    waiting.Add(request);
                    queue.Add(request);
                }
                else if (kind == 6 && waiting.Count > 0)
                {
                    waiting[length % waiting.Count].Cancel(new CancellationToken(canceled: true));
                }
                else
                {
                    Take(draining: false);
                }
            }

            while (Take(draining: true))
            {
            }

            Assert.Equal(0, queue.Count);
            Assert.Empty(Wanted());
            Assert.Equal(waiting.Count, dropped.Count);
            Assert.Equal(steps.Count(step => step.Kind < 6), left + dropped.Count);
        }

        private bool Take(bool draining)
        {
            var batch = queue.TakeNext(now, draining, out var askAgainAt);
            if (batch is null)
            {
                Assert.All(Wanted(), request => Assert.True(now < request.EnqueuedAt + options.QueueDelayMax, "one waits longer than the delay"));
                Assert.True(Wanted().Any() ? askAgainAt > now && askAgainAt < TimeSpan.MaxValue : askAgainAt == TimeSpan.MaxValue);
                return false;
            }

            var rows = batch.Requests;
            var padded = batch.Tokens + batch.Padding;
            Assert.All(rows, request => Assert.Contains(request, Wanted()));
            Assert.Equal(rows.Count, rows.Distinct().Count());
            Assert.True(rows.Count <= options.RowsMax);
            Assert.True(rows.Count == 1 || padded <= options.TokensMax);
            Assert.True(rows.Count == 1 || batch.Padding <= (options.PaddingMax * padded) + 1e-9);
            Assert.Equal(Wanted().Min(Rank), Rank(rows[0]));
            foreach (var request in rows)
            {
                waiting.Remove(request);
            }

            Assert.All(rows, row => Assert.DoesNotContain(Wanted(), other => other.Length == row.Length && Rank(other) < Rank(row)));
            left += rows.Count;
            return true;
        }

        private IEnumerable<WaitingRequest<int, int>> Wanted() => waiting.Where(request => !request.IsOver && now < request.Deadline);

        private TimeSpan Rank(WaitingRequest<int, int> request) => request.EnqueuedAt + (request.Priority == Priority.Bulk ? options.BulkDelay : TimeSpan.Zero);
    }
}
