namespace KpGrpc.Microbenchmarks;

/// <summary>
/// Measures how often a piece of work runs in a second: after a warm-up the best of several rounds, because other
/// programs on the machine can only make a round slower.
/// </summary>
/// <param name="time">Clock of high resolution.</param>
public sealed class Stopclock(TimeProvider time)
{
    private const int Rounds = 5;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(0.6);

    /// <summary>Runs per second, one thread.</summary>
    /// <param name="work">Does the work the given number of times.</param>
    /// <param name="batch">Runs between two looks at the clock.</param>
    public double PerSecond(Action<int> work, int batch)
    {
        ArgumentNullException.ThrowIfNull(work);
        Measure(work, batch, WarmUp);
        return Enumerable.Range(0, Rounds).Max(_ => Measure(work, batch, Round));
    }

    private double Measure(Action<int> work, int batch, TimeSpan atLeast)
    {
        var start = time.GetTimestamp();
        var runs = 0L;
        TimeSpan elapsed;
        do
        {
            work(batch);
            runs += batch;
            elapsed = time.GetElapsedTime(start);
        }
        while (elapsed < atLeast);
        return runs / elapsed.TotalSeconds;
    }
}
