namespace KpGrpc.InferenceServer.Batching;

/// <summary>
/// Waiting requests of similar length in the order in which they are served: by arrival, where a bulk request counts as
/// having come later. Not thread-safe.
/// </summary>
/// <param name="bulkDelay">How much later.</param>
internal sealed class LengthBucket<TIn, TOut>(TimeSpan bulkDelay)
{
    private const double Ratio = 1.15; // of the longest to the shortest length: at most 13 % padding within a bucket
    private static readonly double LogRatio = Math.Log(Ratio);

    private readonly Queue<WaitingRequest<TIn, TOut>> interactive = new();
    private readonly Queue<WaitingRequest<TIn, TOut>> bulk = new();

    /// <summary>Buckets that hold all lengths.</summary>
    public static int Buckets { get; } = IndexOf(int.MaxValue) + 1;

    /// <summary>When the first of the order came; null where there is none.</summary>
    public TimeSpan? Rank => interactive.Count == 0 && bulk.Count == 0 ? null : RankOf(First);

    /// <summary>The first of the order; there must be one.</summary>
    public WaitingRequest<TIn, TOut> First => IsInteractiveNext(interactive, bulk) ? interactive.Peek() : bulk.Peek();

    /// <summary>The bucket of a length, from 0.</summary>
    public static int IndexOf(int length) => (int)(Math.Log(length) / LogRatio);

    /// <summary>Adds a request that came after all others of its priority.</summary>
    public void Add(WaitingRequest<TIn, TOut> request) => (request.Priority == Priority.Interactive ? interactive : bulk).Enqueue(request);

    /// <summary>All requests in order, without taking them.</summary>
    public IEnumerable<WaitingRequest<TIn, TOut>> InOrder()
    {
        var first = interactive.GetEnumerator();
        var second = bulk.GetEnumerator();
        var (hasFirst, hasSecond) = (first.MoveNext(), second.MoveNext());
        while (hasFirst || hasSecond)
        {
            if (hasFirst && (!hasSecond || first.Current.EnqueuedAt <= RankOf(second.Current)))
            {
                yield return first.Current;
                hasFirst = first.MoveNext();
            }
            else
            {
                yield return second.Current;
                hasSecond = second.MoveNext();
            }
        }
    }

    /// <summary>Takes the first of the order.</summary>
    public WaitingRequest<TIn, TOut> Take() => IsInteractiveNext(interactive, bulk) ? interactive.Dequeue() : bulk.Dequeue();

    private bool IsInteractiveNext(Queue<WaitingRequest<TIn, TOut>> first, Queue<WaitingRequest<TIn, TOut>> second) =>
        first.Count > 0 && (second.Count == 0 || first.Peek().EnqueuedAt <= RankOf(second.Peek()));

    private TimeSpan RankOf(WaitingRequest<TIn, TOut> request) =>
        request.Priority == Priority.Interactive ? request.EnqueuedAt : request.EnqueuedAt + bulkDelay;
}
