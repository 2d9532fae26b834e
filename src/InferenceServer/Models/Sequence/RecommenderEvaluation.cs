using KpGrpc.InferenceServer.Evaluation;
using KpGrpc.Perf.Figures;

namespace KpGrpc.InferenceServer.Models.Sequence;

/// <summary>A trained recommender on a data set, by the protocol of <see cref="FullRankEvaluator"/>.</summary>
/// <param name="Model">Network and counts together, as they serve.</param>
/// <param name="NetworkAlone">The network without the counts.</param>
internal sealed record RecommenderEvaluation(RankingMetrics Model, RankingMetrics NetworkAlone)
{
    private const int ListLength = 10;

    /// <summary>
    /// Evaluates a model on a set of its own works or another's: works that it does not know are left out of histories, and
    /// count as misses where they are to be found.
    /// </summary>
    public static RecommenderEvaluation Run(SequenceModel model, InteractionSet set, HeldOut part, CancellationToken cancellationToken) =>
        Run(model, set, [.. new LeaveOneOut(set).Cases(part)], cancellationToken);

    /// <summary>Evaluates a model on some of a set's cases.</summary>
    public static RecommenderEvaluation Run(
        SequenceModel model, InteractionSet set, IReadOnlyList<(ReadOnlyMemory<int> History, int Target)> cases, CancellationToken cancellationToken)
    {
        var known = set.WorkIds.Select(model.IndexOf).ToArray();
        var findable = cases.Where(entry => known[entry.Target] is not null)
            .Select(entry => (Encode(entry.History.Span, known), known[entry.Target]!.Value)).ToArray();
        var figures = new SequenceValidation(model.Network, new CountsPrior(model.Counts))
            .Run(findable, [model.Prior, model.Prior with { Weight = 0 }], ListLength, cancellationToken);
        return new RecommenderEvaluation(OverAll(figures[0], cases.Count), OverAll(figures[1], cases.Count));
    }

    /// <summary>
    /// The figures for <c>perf/results</c>: <c>NAME</c> beside <c>NAME.counts</c>, and beside the best published figure of
    /// the same data and protocol where there is one.
    /// </summary>
    public IEnumerable<Figure> Figures(string name, FloorEvaluation floor)
    {
        var counts = $"{name}.counts";
        List<Figure> figures =
        [
            Beside(name, "hr@10", Model.HitRate, counts, floor.Counts.HitRate),
            Beside(name, "ndcg@10", Model.Ndcg, counts, floor.Counts.Ndcg),
        ];
        if (PublishedFigure.All.Where(figure => figure.DataSet == name && figure.Comparable).MaxBy(figure => figure.Ndcg) is { } best)
        {
            figures.Add(Beside(name, "hr@10", Model.HitRate, $"published: {best.Model}", best.HitRate));
            figures.Add(Beside(name, "ndcg@10", Model.Ndcg, $"published: {best.Model}", best.Ndcg));
        }

        figures.Add(Beside($"{name}.network", "hr@10", NetworkAlone.HitRate, counts, floor.Counts.HitRate));
        figures.Add(Beside($"{name}.network", "ndcg@10", NetworkAlone.Ndcg, counts, floor.Counts.Ndcg));
        figures.Add(new Figure { Name = counts, Metric = "hr@10", Value = floor.Counts.HitRate });
        figures.Add(new Figure { Name = counts, Metric = "ndcg@10", Value = floor.Counts.Ndcg });
        return figures;
    }

    /// <summary>The figures of cases where something new begins, beside those of the counts: <c>NAME.new-group</c>.</summary>
    public IEnumerable<Figure> NewGroupFigures(string name, RankingMetrics counts) =>
    [
        Beside($"{name}.new-group", "hr@10", Model.HitRate, $"{name}.new-group.counts", counts.HitRate),
        Beside($"{name}.new-group", "ndcg@10", Model.Ndcg, $"{name}.new-group.counts", counts.Ndcg),
        new Figure { Name = $"{name}.new-group", Metric = "cases", Value = Model.Cases },
    ];

    private static ReadOnlyMemory<int> Encode(ReadOnlySpan<int> history, int?[] known)
    {
        var encoded = new List<int>(history.Length);
        foreach (var work in history)
        {
            if (known[work] is { } index)
            {
                encoded.Add(index);
            }
        }

        return encoded.ToArray();
    }

    private static RankingMetrics OverAll(RankingMetrics found, int cases) =>
        cases == 0 ? default : new RankingMetrics(found.HitRate * found.Cases / cases, found.Ndcg * found.Cases / cases, cases);

    private static Figure Beside(string name, string metric, double value, string peer, double other) =>
        new() { Name = name, Metric = metric, Value = value, Peer = peer, Ratio = other > 0 ? value / other : null };
}
