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
                ranks[at] = RankOf(scorer, all[at].History.Span, all[at].Target, scores);
                return scores;
            },
            _ => { });

        // Summed in order, so that the figure does not depend on the thread count.
        var hits = ranks.Count(rank => rank <= k);
        var gain = ranks.Where(rank => rank <= k).Sum(rank => 1 / Math.Log2(rank + 1.0));
        return all.Length == 0 ? default : new RankingMetrics((double)hits / all.Length, gain / all.Length, all.Length);
    }

    private static int RankOf(IFullRankScorer scorer, ReadOnlySpan<int> history, int target, double[] scores)
    {
        scorer.Score(history, scores);
        foreach (var seen in history)
        {
            scores[seen] = double.NegativeInfinity;
        }

        var wanted = scores[target];
        if (double.IsNegativeInfinity(wanted))
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
