namespace KpGrpc.InferenceServer.Batching;

/// <summary>
/// Decides what one instance computes next. The most urgent request leads; others of like length join it until rows,
/// tokens or padding are full. A batch that is not full leaves when its leader has waited long enough, or at once when
/// nothing else is expected. Pure but for its content: time comes in as an argument. Not thread-safe.
/// </summary>
/// <param name="options">The bounds.</param>
internal sealed class BatchQueue<TIn, TOut>(BatchingOptions options)
{
    private readonly LengthBucket<TIn, TOut>[] buckets =
        [.. Enumerable.Range(0, LengthBucket<TIn, TOut>.Buckets).Select(_ => new LengthBucket<TIn, TOut>(options.BulkDelay))];

    private readonly ArrivalRate arrivals = new(options.QueueDelayMax);

    /// <summary>Requests inside, those included that are over.</summary>
    public int Count { get; private set; }

    /// <summary>Called for each request that leaves because its caller has gone or its deadline has passed.</summary>
    public Action<WaitingRequest<TIn, TOut>> Dropped { get; set; } = _ => { };

    /// <summary>Adds a request that came after all others.</summary>
    public void Add(WaitingRequest<TIn, TOut> request)
    {
        arrivals.Note(request.EnqueuedAt);
        buckets[LengthBucket<TIn, TOut>.IndexOf(request.Length)].Add(request);
        Count++;
    }

    /// <summary>The next batch, if it is to leave now.</summary>
    /// <param name="now">The time.</param>
    /// <param name="draining">True: nothing more comes, nothing is waited for.</param>
    /// <param name="askAgainAt">When no batch leaves: when to ask again; <see cref="TimeSpan.MaxValue"/> where nothing waits.</param>
    public Batch<TIn, TOut>? TakeNext(TimeSpan now, bool draining, out TimeSpan askAgainAt)
    {
        askAgainAt = TimeSpan.MaxValue;
        while (LeaderBucket(now) is { } leader)
        {
            var first = buckets[leader].First;
            var plan = new BatchPlan<TIn, TOut>(options, now);
            plan.Fill(buckets, leader);
            if (plan.Rows.Count == 0)
            {
                Remove(plan, now); // every caller has gone since the leader was chosen
                continue;
            }

            if (ReasonToLeave(plan, first, now, draining, out askAgainAt) is not { } reason)
            {
                return null;
            }

            Remove(plan, now);
            return new Batch<TIn, TOut>(plan.Rows, reason);
        }

        return null;
    }

    /// <summary>Takes everything, whatever the order.</summary>
    public IEnumerable<WaitingRequest<TIn, TOut>> TakeAll()
    {
        foreach (var bucket in buckets)
        {
            while (bucket.Rank is not null)
            {
                Count--;
                yield return bucket.Take();
            }
        }
    }

    private BatchReason? ReasonToLeave(BatchPlan<TIn, TOut> plan, WaitingRequest<TIn, TOut> first, TimeSpan now, bool draining, out TimeSpan askAgainAt)
    {
        askAgainAt = TimeSpan.MaxValue;
        if (plan.Full is { } full)
        {
            return full;
        }

        var due = first.EnqueuedAt + options.QueueDelayMax;
        var quiet = arrivals.WaitUntil();
        if (draining)
        {
            return BatchReason.Drain;
        }

        if (now >= due)
        {
            return BatchReason.Age;
        }

        if (now >= quiet)
        {
            return BatchReason.Idle;
        }

        askAgainAt = due < quiet ? due : quiet;
        return null;
    }

    /// <summary>The bucket of the most urgent request that is not over; those that are over are dropped on the way.</summary>
    private int? LeaderBucket(TimeSpan now)
    {
        int? best = null;
        TimeSpan bestRank = default;
        for (var index = 0; index < buckets.Length && Count > 0; index++)
        {
            var bucket = buckets[index];
            while (bucket.Rank is not null && !BatchPlan<TIn, TOut>.IsWanted(bucket.First, now))
            {
                Remove(bucket, now);
            }

            if (bucket.Rank is { } rank && (best is null || rank < bestRank))
            {
                (best, bestRank) = (index, rank);
            }
        }

        return best;
    }

    private void Remove(BatchPlan<TIn, TOut> plan, TimeSpan now)
    {
        foreach (var (bucket, walked) in plan.Walked)
        {
            for (var i = 0; i < walked; i++)
            {
                Remove(buckets[bucket], now);
            }
        }
    }

    private void Remove(LengthBucket<TIn, TOut> bucket, TimeSpan now)
    {
        var request = bucket.Take();
        Count--;
        if (!BatchPlan<TIn, TOut>.IsWanted(request, now))
        {
            Dropped(request);
        }
    }
}
