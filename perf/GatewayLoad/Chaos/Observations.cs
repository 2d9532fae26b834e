using System.Collections.Concurrent;

namespace KpGrpc.GatewayLoad.Chaos;

/// <summary>What the callers saw while one fault came and went. Recording is safe from any thread.</summary>
internal sealed class Observations
{
    private readonly ConcurrentQueue<(TimeSpan Began, bool Answered, bool Whole)> reads = [];
    private readonly ConcurrentQueue<string> wrong = [];
    private readonly ConcurrentQueue<(TimeSpan Began, bool Completed)> purchases = [];

    /// <summary>Answers that were wrong, with what was wrong.</summary>
    public IReadOnlyCollection<string> Wrong => wrong;

    /// <summary>Reads that were made.</summary>
    public int Reads => reads.Count;

    /// <summary>Attempts to buy that were made.</summary>
    public int Purchases => purchases.Count;

    /// <summary>Share of the reads that got an answer, fresh or marked as degraded.</summary>
    public double Answered => reads.IsEmpty ? 0 : (double)reads.Count(read => read.Answered) / reads.Count;

    /// <summary>A read.</summary>
    /// <param name="began">When, since the start of the run.</param>
    /// <param name="answered">It was answered.</param>
    /// <param name="whole">The answer was not marked as degraded.</param>
    public void Read(TimeSpan began, bool answered, bool whole) => reads.Enqueue((began, answered, whole));

    /// <summary>An attempt to buy.</summary>
    /// <param name="began">When, since the start of the run.</param>
    /// <param name="completed">It was acknowledged.</param>
    public void Purchase(TimeSpan began, bool completed) => purchases.Enqueue((began, completed));

    /// <summary>A wrong answer.</summary>
    public void Fault(string what) => wrong.Enqueue(what);

    /// <summary>How long after the part was back a call still failed or was degraded.</summary>
    /// <param name="back">When the part was back, since the start of the run.</param>
    public TimeSpan Recovery(TimeSpan back)
    {
        var bad = reads.Where(read => !read.Answered || !read.Whole).Select(read => read.Began)
            .Concat(purchases.Where(purchase => !purchase.Completed).Select(purchase => purchase.Began)).Where(began => began > back).ToList();
        return bad.Count == 0 ? TimeSpan.Zero : bad.Max() - back;
    }
}
