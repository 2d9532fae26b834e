using System.Runtime.ExceptionServices;
using KpGrpc.InferenceServer.Models.Propensity.Calibration;
using KpGrpc.InferenceServer.Models.Propensity.Features;
using KpGrpc.InferenceServer.Models.Propensity.Validation;

namespace KpGrpc.InferenceServer.Models.Propensity.Boosting;

/// <summary>
/// Trains one model a fold, each on the rows of the other folds, and serves their mean. The rows that a model did not see
/// choose the settings, say how many trees are kept, and fit the calibration: no row takes part in a choice about itself twice.
/// </summary>
internal static class FoldedTrainer
{
    /// <summary>Trains on some rows.</summary>
    /// <param name="features">All rows.</param>
    /// <param name="labels">One label a row of <paramref name="features"/>.</param>
    /// <param name="rows">The rows that may be used.</param>
    /// <param name="folds">Fold of each of <paramref name="rows"/>, from 0.</param>
    /// <param name="plan">What is tried, with which seed and threads.</param>
    /// <param name="progress">Told after each model: models trained, and models in all.</param>
    /// <param name="cancellationToken">Stops between two models.</param>
    public static FoldedModel Train(
        FeatureMatrix features, bool[] labels, int[] rows, int[] folds, BoosterPlan plan, Action<int, int>? progress, CancellationToken cancellationToken)
    {
        var count = folds.Max() + 1;
        var total = plan.Candidates.Count + count - 1;
        var done = 0;
        Member One(BoosterSettings settings, int fold)
        {
            int[] inside = [.. Folds.Rows(folds, fold, inside: false).Select(at => rows[at])];
            int[] outside = [.. Folds.Rows(folds, fold, inside: true).Select(at => rows[at])];
            var trees = LightGbmTrainer.Train(features, labels, inside, settings, plan.Seed + fold, threads: 1);
            var (kept, loss, scores) = StagedLoss.Best(trees, features, labels, outside);
            progress?.Invoke(Interlocked.Increment(ref done), total);
            return new Member(settings, trees.Take(kept), outside, scores, loss);
        }

        // Models grow side by side, each on one thread: that keeps more cores busy than one model on all of them.
        var tried = new Member[plan.Candidates.Count];
        SideBySide(0, tried.Length, plan.Threads, at => tried[at] = One(plan.Candidates[at], 0), cancellationToken);
        var members = new Member[count];
        members[0] = tried.MinBy(member => member.Loss)!;
        SideBySide(1, count, plan.Threads, fold => members[fold] = One(members[0].Settings, fold), cancellationToken);
        double[] raw = [.. members.SelectMany(member => member.Scores)];
        bool[] truth = [.. members.SelectMany(member => member.Rows).Select(row => labels[row])];
        return new FoldedModel(
            BoostedTrees.Average([.. members.Select(member => member.Trees)]),
            CalibrationChoice.Fit(raw, truth, plan.Seed),
            members[0].Settings,
            BinaryMetrics.Auc([.. raw.Select(score => (float)score)], truth));
    }

    private static void SideBySide(int from, int to, int threads, Action<int> work, CancellationToken cancellationToken)
    {
        try
        {
            Parallel.For(from, to, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, work);
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Capture(failures.InnerExceptions[0]).Throw(); // callers know the trainer's own exceptions
        }
    }

    private sealed record Member(BoosterSettings Settings, BoostedTrees Trees, int[] Rows, double[] Scores, double Loss);
}
