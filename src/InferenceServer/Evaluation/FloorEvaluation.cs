using KpGrpc.InferenceServer.Models.Counts;
using KpGrpc.Perf.Figures;

namespace KpGrpc.InferenceServer.Evaluation;

/// <summary>The counts model and popularity on one data set, by the same protocol.</summary>
/// <param name="Counts">Our counts model with its popularity fallback.</param>
/// <param name="Popularity">The baseline.</param>
/// <param name="TrainingSeconds">Time to train the counts model.</param>
internal sealed record FloorEvaluation(RankingMetrics Counts, RankingMetrics Popularity, double TrainingSeconds)
{
    /// <summary>Length of the evaluated list: HR@10 and NDCG@10 are what the literature reports.</summary>
    public const int ListLength = 10;

    /// <summary>Trains on the training part and evaluates both.</summary>
    public static FloorEvaluation Run(InteractionSet set, HeldOut part, CountsOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var split = new LeaveOneOut(set);
        var started = time.GetTimestamp();
        var model = CountsTrainer.Train(split.Train, set.ItemCount, options, cancellationToken);
        var seconds = time.GetElapsedTime(started).TotalSeconds;
        return new FloorEvaluation(
            FullRankEvaluator.Evaluate(new CountsScorer(model), split.Cases(part), set.ItemCount, ListLength, cancellationToken),
            FullRankEvaluator.Evaluate(new PopularityScorer(split.Train, set.ItemCount), split.Cases(part), set.ItemCount, ListLength, cancellationToken),
            seconds);
    }

    /// <summary>The figures for <c>perf/results</c>: <c>NAME.counts</c> beside <c>NAME.popularity</c>.</summary>
    public IEnumerable<Figure> Figures(string name)
    {
        var peer = $"{name}.popularity";
        return
        [
            Beside($"{name}.counts", "hr@10", Counts.HitRate, peer, Popularity.HitRate),
            Beside($"{name}.counts", "ndcg@10", Counts.Ndcg, peer, Popularity.Ndcg),
            new Figure { Name = $"{name}.counts", Metric = "training-time", Value = TrainingSeconds, Unit = "s" },
            new Figure { Name = peer, Metric = "hr@10", Value = Popularity.HitRate },
            new Figure { Name = peer, Metric = "ndcg@10", Value = Popularity.Ndcg },
        ];
    }

    private static Figure Beside(string name, string metric, double value, string peer, double other) =>
        new() { Name = name, Metric = metric, Value = value, Peer = peer, Ratio = other > 0 ? value / other : null };
}
