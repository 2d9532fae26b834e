namespace KpGrpc.InferenceServer.Models.Counts;

/// <summary>
/// Order-aware co-occurrence counts. A work's score is the sum, over the newest works of the history, of (how often it
/// followed that work) × (how recent that work is). Immutable and thread-safe.
/// </summary>
internal sealed class CountsModel
{
    private readonly int[] start;          // [items + 1] offsets into neighbour and weight
    private readonly int[] neighbour;      // ascending item index within a row
    private readonly float[] weight;       // > 0
    private readonly int[] popularity;     // [items] occurrences in training
    private readonly int[] popularFirst;   // [items] by (popularity descending, index ascending)
    private readonly double[] recency;     // [HistoryLength]

    /// <summary>Takes ownership of the arrays; only <see cref="CountsTrainer"/> makes one.</summary>
    internal CountsModel(int[] start, int[] neighbour, float[] weight, int[] popularity, long interactions, CountsOptions options)
    {
        this.start = start;
        this.neighbour = neighbour;
        this.weight = weight;
        this.popularity = popularity;
        Interactions = interactions;
        Options = options;
        popularFirst = [.. Enumerable.Range(0, popularity.Length).OrderByDescending(item => popularity[item])]; // stable: ties by index
        recency = [.. Enumerable.Range(1, options.HistoryLength).Select(rank => Math.Pow(rank, -options.RecencyExponent))];
    }

    /// <summary>The settings that it was made with.</summary>
    public CountsOptions Options { get; }

    /// <summary>Offsets of each work's neighbours, [items + 1].</summary>
    internal ReadOnlySpan<int> Starts => start;

    /// <summary>Neighbours, ascending within a work.</summary>
    internal ReadOnlySpan<int> Neighbours => neighbour;

    /// <summary>Weights of the neighbours, above 0.</summary>
    internal ReadOnlySpan<float> Weights => weight;

    /// <summary>Occurrences in training, [items].</summary>
    internal ReadOnlySpan<int> Popularity => popularity;

    /// <summary>Works known at training.</summary>
    public int ItemCount => popularity.Length;

    /// <summary>Interactions that the model was trained on.</summary>
    public long Interactions { get; }

    /// <summary>Bytes held by the neighbour lists.</summary>
    public long NeighbourBytes => 8L * neighbour.Length;

    /// <summary>All items, by falling popularity, then index.</summary>
    public IReadOnlyList<int> PopularFirst => popularFirst;

    /// <summary>Occurrences of a work in the training histories.</summary>
    public int PopularityOf(int item) => item < popularity.Length ? popularity[item] : 0;

    /// <summary>Scores every known work, for full-rank evaluation; works without a count come after all others, by popularity.</summary>
    /// <param name="history">Indices of the learner's works, newest last; only the newest <see cref="CountsOptions.HistoryLength"/> are used.</param>
    /// <param name="scores">[ItemCount], overwritten.</param>
    public void Score(ReadOnlySpan<int> history, Span<double> scores)
    {
        scores.Clear();
        Accumulate(history, scores);
        for (var item = 0; item < scores.Length; item++)
        {
            if (scores[item] <= 0)
            {
                scores[item] = ((double)PopularityOf(item) / (popularity[popularFirst[0]] + 1)) - 1;
            }
        }
    }

    /// <summary>Adds the count scores of the known works; those that no count reaches stay as they are.</summary>
    /// <param name="history">As in <see cref="Score"/>.</param>
    /// <param name="scores">[ItemCount] or longer.</param>
    public void Accumulate(ReadOnlySpan<int> history, Span<double> scores)
    {
        var used = Math.Min(history.Length, recency.Length);
        for (var back = 0; back < used; back++)
        {
            var source = history[history.Length - 1 - back];
            for (var at = source < ItemCount ? start[source] : 0; source < ItemCount && at < start[source + 1]; at++)
            {
                scores[neighbour[at]] += recency[back] * weight[at];
            }
        }
    }

    /// <summary>Adds the scores of a history to places of the caller's: above 0 where a count speaks for the work, else untouched.</summary>
    /// <param name="history">As in <see cref="Score"/>.</param>
    /// <param name="places">[ItemCount] place of each item in <paramref name="scores"/>; negative or beyond: none.</param>
    /// <param name="scores">Added to.</param>
    public void Accumulate(ReadOnlySpan<int> history, ReadOnlySpan<int> places, Span<float> scores)
    {
        var used = Math.Min(history.Length, recency.Length);
        for (var back = 0; back < used; back++)
        {
            var source = history[history.Length - 1 - back];
            var factor = (float)recency[back];
            for (var at = start[source]; at < start[source + 1]; at++)
            {
                var place = places[neighbour[at]];
                if ((uint)place < (uint)scores.Length)
                {
                    scores[place] += factor * weight[at];
                }
            }
        }
    }

    /// <summary>What each work of the history adds to the score of a work, the greatest first, then by index; at most <paramref name="most"/>.</summary>
    public IReadOnlyList<Contribution> Explain(ReadOnlySpan<int> history, int item, int most)
    {
        var parts = new List<(int Item, double Part)>();
        for (var back = 0; back < Math.Min(history.Length, recency.Length); back++)
        {
            var source = history[history.Length - 1 - back];
            var at = Array.BinarySearch(neighbour, start[source], start[source + 1] - start[source], item);
            if (at >= 0)
            {
                parts.Add((source, recency[back] * weight[at]));
            }
        }

        var sum = parts.Sum(part => part.Part);
        return [.. parts.OrderByDescending(part => part.Part).ThenBy(part => part.Item).Take(most).Select(part => new Contribution(part.Item, part.Part / sum))];
    }
}
