namespace KpGrpc.InferenceServer.Batching;

/// <summary>Which requests would make the next batch, found without taking any. Used once.</summary>
/// <param name="options">The bounds.</param>
/// <param name="now">The time, for deadlines.</param>
internal sealed class BatchPlan<TIn, TOut>(BatchingOptions options, TimeSpan now)
{
    private readonly List<WaitingRequest<TIn, TOut>> rows = [];
    private long longest;
    private long tokens;

    /// <summary>The rows, the leader first.</summary>
    public IReadOnlyList<WaitingRequest<TIn, TOut>> Rows => rows;

    /// <summary>How many of each bucket were looked at, those that are over included; they leave with the batch.</summary>
    public List<(int Bucket, int Count)> Walked { get; } = [];

    /// <summary>Rows or tokens where that bound is met; null where there is room.</summary>
    public BatchReason? Full { get; private set; }

    /// <summary>True where a request is still to be computed.</summary>
    public static bool IsWanted(WaitingRequest<TIn, TOut> request, TimeSpan now) => !request.IsOver && now < request.Deadline;

    /// <summary>Takes from the leader's bucket, then from its neighbours, the nearer first.</summary>
    public void Fill(IReadOnlyList<LengthBucket<TIn, TOut>> buckets, int leader)
    {
        Walk(buckets, leader);
        var (shorter, longer) = (true, true);
        for (var distance = 1; distance < buckets.Count && Full is null && (shorter || longer); distance++)
        {
            shorter = shorter && leader - distance >= 0 && Walk(buckets, leader - distance);
            longer = longer && leader + distance < buckets.Count && Full is null && Walk(buckets, leader + distance);
        }
    }

    /// <summary>Takes from one bucket.</summary>
    /// <returns>False where a request did not fit, so that those further away need not be tried.</returns>
    private bool Walk(IReadOnlyList<LengthBucket<TIn, TOut>> buckets, int index)
    {
        if (buckets[index].Rank is null)
        {
            return true;
        }

        var walked = 0;
        var fits = true;
        foreach (var request in buckets[index].InOrder())
        {
            if (IsWanted(request, now))
            {
                fits = Fits(request);
                if (!fits)
                {
                    break;
                }

                Add(request);
            }

            walked++;
            if (Full is not null)
            {
                break;
            }
        }

        Walked.Add((index, walked));
        return fits;
    }

    private void Add(WaitingRequest<TIn, TOut> request)
    {
        rows.Add(request);
        longest = Math.Max(longest, request.Length);
        tokens += request.Length;
        if (rows.Count == options.RowsMax)
        {
            Full = BatchReason.Rows;
        }
    }

    private bool Fits(WaitingRequest<TIn, TOut> request)
    {
        var padded = Math.Max(longest, request.Length) * (rows.Count + 1);
        if (rows.Count == 0)
        {
            return true; // the leader goes even where it alone exceeds the bound on tokens
        }

        if (padded - tokens - request.Length > options.PaddingMax * padded)
        {
            return false;
        }

        Full = padded > options.TokensMax ? BatchReason.Tokens : null;
        return Full is null;
    }
}
