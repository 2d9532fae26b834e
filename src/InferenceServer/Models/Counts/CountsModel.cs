using System.Buffers;

namespace KpGrpc.InferenceServer.Models.Counts;

/// <summary>
/// Order-aware co-occurrence counts with popularity behind them. A work's score is the sum, over the newest works of
/// the history, of (how often it followed that work) × (how recent that work is). Immutable and thread-safe.
/// </summary>
/// <remarks>
/// One total order: score descending, then item index ascending. Works without a count score come after all that have
/// one, by popularity, so that <c>k</c> results come back whenever <c>k</c> allowed works exist.
/// </remarks>
internal sealed class CountsModel
{
    private const int BecauseMax = 3;

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

    /// <summary>Works known at training; an index from here on has no counts and is the least popular.</summary>
    public int ItemCount => popularity.Length;

    /// <summary>Interactions that the model was trained on.</summary>
    public long Interactions { get; }

    /// <summary>Bytes held by the neighbour lists.</summary>
    public long NeighbourBytes => 8L * neighbour.Length;

    /// <summary>Occurrences of a work in the training histories.</summary>
    public int PopularityOf(int item) => item < popularity.Length ? popularity[item] : 0;

    /// <summary>The best <paramref name="k"/> works that <paramref name="allowed"/> admits; every filter acts before the cut.</summary>
    /// <param name="history">Indices of the learner's works, newest last; only the newest <see cref="CountsOptions.HistoryLength"/> are used.</param>
    /// <param name="k">Results wanted, at least 1.</param>
    /// <param name="itemCount">Works in the catalogue now; may exceed <see cref="ItemCount"/>.</param>
    /// <param name="allowed">The hard filters: false keeps a work out.</param>
    /// <returns>min(k, allowed works) results in order.</returns>
    public IReadOnlyList<RankedItem> Rank(ReadOnlySpan<int> history, int k, int itemCount, Predicate<int> allowed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        var scores = ArrayPool<double>.Shared.Rent(Math.Max(1, ItemCount));
        try
        {
            var known = scores.AsSpan(0, ItemCount);
            known.Clear();
            Accumulate(history, known);
            var results = new List<RankedItem>(Math.Min(k, itemCount));
            foreach (var item in Best(known, Math.Min(k, itemCount), itemCount, allowed))
            {
                results.Add(new RankedItem(item, known[item], RankPath.Counts, Explain(history, item, known[item])));
            }

            AddPopular(results, k, itemCount, known, allowed);
            return results;
        }
        finally
        {
            ArrayPool<double>.Shared.Return(scores);
        }
    }

    /// <summary>Works that most often follow <paramref name="item"/>; the same order and the same fallback as <see cref="Rank"/>.</summary>
    public IReadOnlyList<RankedItem> Similar(int item, int k, int itemCount, Predicate<int> allowed) =>
        Rank([item], k, itemCount, candidate => candidate != item && allowed(candidate));

    /// <summary>Scores every known work, for full-rank evaluation: the order of <see cref="Rank"/> as numbers.</summary>
    /// <param name="history">As in <see cref="Rank"/>.</param>
    /// <param name="scores">[ItemCount], overwritten.</param>
    public void Score(ReadOnlySpan<int> history, Span<double> scores)
    {
        scores.Clear();
        Accumulate(history, scores);
        for (var item = 0; item < scores.Length; item++)
        {
            if (scores[item] <= 0)
            {
                scores[item] = PopularScore(item);
            }
        }
    }

    /// <summary>Adds the count scores of the known works; those that no count reaches stay as they are.</summary>
    /// <param name="history">As in <see cref="Rank"/>.</param>
    /// <param name="scores">[ItemCount] or longer.</param>
    public void Accumulate(ReadOnlySpan<int> history, Span<double> scores)
    {
        var used = Math.Min(history.Length, recency.Length);
        for (var back = 0; back < used; back++)
        {
            var source = history[history.Length - 1 - back];
            if (source >= ItemCount)
            {
                continue;
            }

            var factor = recency[back];
            for (var at = start[source]; at < start[source + 1]; at++)
            {
                scores[neighbour[at]] += factor * weight[at];
            }
        }
    }

    private static Stack<int> Best(ReadOnlySpan<double> scores, int k, int itemCount, Predicate<int> allowed)
    {
        var worstFirst = new PriorityQueue<int, (double Score, int Item)>(k + 1, WorstFirst.Instance);
        for (var item = 0; item < Math.Min(scores.Length, itemCount); item++)
        {
            if (scores[item] <= 0
                || (worstFirst.Count == k && worstFirst.TryPeek(out _, out var worst) && scores[item] <= worst.Score)
                || !allowed(item))
            {
                continue;
            }

            worstFirst.Enqueue(item, (scores[item], item));
            if (worstFirst.Count > k)
            {
                worstFirst.Dequeue();
            }
        }

        var best = new Stack<int>(worstFirst.Count);
        while (worstFirst.TryDequeue(out var item, out _))
        {
            best.Push(item);
        }

        return best;
    }

    private void AddPopular(List<RankedItem> results, int k, int itemCount, ReadOnlySpan<double> scores, Predicate<int> allowed)
    {
        for (var place = 0; place < itemCount && results.Count < k; place++)
        {
            var item = place < popularFirst.Length ? popularFirst[place] : place;
            if (item < itemCount && (item >= scores.Length || scores[item] <= 0) && allowed(item))
            {
                results.Add(new RankedItem(item, PopularScore(item), RankPath.Popular, []));
            }
        }
    }

    private double PopularScore(int item) =>
        ItemCount == 0 ? -1 : ((double)PopularityOf(item) / (popularity[popularFirst[0]] + 1)) - 1;

    private List<Contribution> Explain(ReadOnlySpan<int> history, int item, double score)
    {
        var parts = new List<Contribution>();
        for (var back = 0; back < Math.Min(history.Length, recency.Length); back++)
        {
            var source = history[history.Length - 1 - back];
            if (source >= ItemCount)
            {
                continue;
            }

            var at = Array.BinarySearch(neighbour, start[source], start[source + 1] - start[source], item);
            if (at >= 0)
            {
                parts.Add(new Contribution(source, recency[back] * weight[at] / score));
            }
        }

        parts.Sort((a, b) => b.Share != a.Share ? b.Share.CompareTo(a.Share) : a.Item.CompareTo(b.Item));
        return parts.Count > BecauseMax ? parts[..BecauseMax] : parts;
    }

    /// <summary>The reverse of the total order, so that the head of the queue is the first to go.</summary>
    private sealed class WorstFirst : IComparer<(double Score, int Item)>
    {
        public static readonly WorstFirst Instance = new();

        public int Compare((double Score, int Item) x, (double Score, int Item) y) =>
            x.Score != y.Score ? x.Score.CompareTo(y.Score) : y.Item.CompareTo(x.Item);
    }
}
