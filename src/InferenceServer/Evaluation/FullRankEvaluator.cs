using System.Numerics;

namespace KpGrpc.InferenceServer.Evaluation;

/// <summary>
/// Ranks the held-out item among all items of the catalogue, never among a sample. Items already in the history are
/// removed; every other item with the same score is placed before the target; a target that is itself in the
/// history is a miss, since a server that hides what was seen cannot show it.
/// </summary>
internal static class FullRankEvaluator
{
    /// <summary>Evaluates a scorer.</summary>
    /// <param name="scorer">What scores.</param>
    /// <param name="cases">Histories and the items to find.</param>
    /// <param name="itemCount">Items of the catalogue.</param>
    /// <param name="k">Length of the list, at least 1.</param>
    /// <param name="cancellationToken">Stops between cases.</param>
    public static RankingMetrics Evaluate(
        IFullRankScorer scorer, IEnumerable<(ReadOnlyMemory<int> History, int Target)> cases, int itemCount, int k, CancellationToken cancellationToken)
    {
        var all = cases.ToArray();
        var ranks = new int[all.Length];
        Parallel.For(
            0,
            all.Length,
            new ParallelOptions { CancellationToken = cancellationToken },
            () => new double[itemCount],
            (at, _, scores) =>
            {
                scorer.Score(all[at].History.Span, scores);
                ranks[at] = RankOf<double>(scores, all[at].History.Span, all[at].Target);
                return scores;
            },
            _ => { });

        return MetricsOf(ranks, k);
    }

    /// <summary>The figures of ranks, summed in order, so that they do not depend on the thread count.</summary>
    /// <param name="ranks">One a case, from 1.</param>
    /// <param name="k">Length of the list.</param>
    public static RankingMetrics MetricsOf(IReadOnlyCollection<int> ranks, int k)
    {
        var hits = ranks.Count(rank => rank <= k);
        var gain = ranks.Where(rank => rank <= k).Sum(rank => 1 / Math.Log2(rank + 1.0));
        return ranks.Count == 0 ? default : new RankingMetrics((double)hits / ranks.Count, gain / ranks.Count, ranks.Count);
    }

    /// <summary>The rank of one item by this protocol.</summary>
    /// <param name="scores">[items], higher is better; those of the history are overwritten.</param>
    /// <param name="history">Items that are not recommended again.</param>
    /// <param name="target">The item to find.</param>
    /// <returns>From 1; <see cref="int.MaxValue"/> for a miss.</returns>
    public static int RankOf<T>(Span<T> scores, ReadOnlySpan<int> history, int target)
        where T : IFloatingPointIeee754<T>
    {
        foreach (var seen in history)
        {
            scores[seen] = T.NegativeInfinity;
        }

        var wanted = scores[target];
        if (T.IsNegativeInfinity(wanted))
        {
            return int.MaxValue;
        }

        var rank = 0; // the target counts itself
        foreach (var score in scores)
        {
            rank += score >= wanted ? 1 : 0;
        }

        return rank;
    }
}
