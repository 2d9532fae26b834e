using KpGrpc.Perf.Harness.Measuring;

namespace KpGrpc.Perf.Harness.Callers;

/// <summary>Two kinds of load: callers who wait for their answers, and calls that come whether or not the last ones were answered.</summary>
/// <param name="call">One call; must not throw. Its argument is the number of the call.</param>
/// <param name="time">Clock of high resolution.</param>
public sealed class Load(Func<long, CancellationToken, Task<Outcome>> call, TimeProvider time)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(30);
    private long number;

    /// <summary>The compiler needs some seconds of load to finish with what is hot.</summary>
    private static TimeSpan WarmUp(TimeSpan length) => (length / 5) + TimeSpan.FromSeconds(4);

    /// <summary>Concurrent callers, each with one call at a time, after a shorter run that is not counted.</summary>
    public async Task<LoadResult> ClosedAsync(int callers, TimeSpan length, CancellationToken cancellationToken)
    {
        var result = new LoadResult();
        var stopping = false;
        var running = Enumerable.Range(0, callers).Select(async _ =>
        {
            while (!Volatile.Read(ref stopping))
            {
                var began = time.GetTimestamp();
                var outcome = await call(Interlocked.Increment(ref number), cancellationToken);
                Volatile.Read(ref result).Record(outcome, time.GetElapsedTime(began));
            }
        }).ToArray();
        await Task.Delay(WarmUp(length), time, cancellationToken);
        var counted = new LoadResult();
        Volatile.Write(ref result, counted);
        var start = time.GetTimestamp();
        await Task.Delay(length, time, cancellationToken);
        Volatile.Write(ref result, new LoadResult()); // what ends from here on is not counted
        counted.Elapsed = time.GetElapsedTime(start);
        Volatile.Write(ref stopping, true);
        await Task.WhenAll(running).WaitAsync(DrainLimit, cancellationToken);
        return counted;
    }

    /// <summary>Calls at random times (a Poisson process), after a shorter run that is not counted.</summary>
    /// <param name="perSecond">Mean rate.</param>
    /// <param name="length">Length of the measurement.</param>
    /// <param name="outstandingMax">Calls under way at most; a call beyond counts as failed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<LoadResult> OpenAsync(double perSecond, TimeSpan length, int outstandingMax, CancellationToken cancellationToken)
    {
        var result = new LoadResult();
        var random = new FastRandom(1);
        var outstanding = 0;
        var warm = WarmUp(length);
        var start = time.GetTimestamp();
        var next = 0.0;
        while (time.GetElapsedTime(start) < warm + length)
        {
            var now = time.GetElapsedTime(start).TotalSeconds;
            for (; next <= now; next -= Math.Log(1 - random.NextDouble()) / perSecond)
            {
                var counts = next >= warm.TotalSeconds;
                if (Volatile.Read(ref outstanding) >= outstandingMax)
                {
                    result.Record(new Outcome(OutcomeKind.Failed), TimeSpan.Zero);
                    continue;
                }

                Interlocked.Increment(ref outstanding);
                _ = OneAsync(counts);
            }

            await Task.Delay(Tick, time, cancellationToken);
        }

        result.Elapsed = time.GetElapsedTime(start) - warm;
        var drain = time.GetTimestamp();
        while (Volatile.Read(ref outstanding) > 0 && time.GetElapsedTime(drain) < DrainLimit)
        {
            await Task.Delay(Tick, time, cancellationToken);
        }

        return result;

        async Task OneAsync(bool counts)
        {
            var began = time.GetTimestamp();
            var outcome = await call(Interlocked.Increment(ref number), cancellationToken);
            if (counts)
            {
                result.Record(outcome, time.GetElapsedTime(began));
            }

            Interlocked.Decrement(ref outstanding);
        }
    }
}
