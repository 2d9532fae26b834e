using KpGrpc.InferenceServer.Models.Propensity.Boosting;
using KpGrpc.InferenceServer.Models.Propensity.Features;
using KpGrpc.InferenceServer.Models.Propensity.Preparation;

namespace KpGrpc.InferenceServer.Models.Propensity.Validation;

/// <summary>
/// Predicts every row by a model that did not see it, nested: which columns leak, the settings, the number of trees and the
/// calibration are decided inside the rows that the model was trained on.
/// </summary>
/// <param name="Probabilities">The calibrated prediction of each row.</param>
/// <param name="Floor">That of a logistic regression on totals, by the same folds.</param>
internal sealed record CrossValidation(double[] Probabilities, double[] Floor)
{
    private const double FloorRidge = 1;
    private const int FloorColumnsMax = 64;
    private const string TotalEnding = ".total";

    /// <summary>Runs the folds.</summary>
    /// <param name="data">The table.</param>
    /// <param name="folds">Fold of each row, from 0.</param>
    /// <param name="groupsInside">Whether the folds inside the training rows leave whole groups out too.</param>
    /// <param name="plan">What is tried.</param>
    /// <param name="progress">Told after each model that was grown: how many, of how many.</param>
    /// <param name="cancellationToken">Stops between two models.</param>
    public static CrossValidation Run(
        LabelledTable data, int[] folds, bool groupsInside, BoosterPlan plan, Action<int, int>? progress, CancellationToken cancellationToken)
    {
        var count = folds.Max() + 1;
        var (probabilities, floor) = (new double[folds.Length], new double[folds.Length]);
        (FeaturePlan Plan, FeatureMatrix Features)? last = null;
        for (var fold = 0; fold < count; fold++)
        {
            int[] train = Folds.Rows(folds, fold, inside: false);
            int[] test = Folds.Rows(folds, fold, inside: true);
            var (featurePlan, _) = data.Plan(train, cancellationToken);
            if (last is null || !last.Value.Plan.Names().SequenceEqual(featurePlan.Names()))
            {
                last = (featurePlan, featurePlan.Transform(data.Table)); // no label takes part: the same columns make the same features
            }

            var features = last.Value.Features;
            var inner = PropensityTrainer.InnerFolds(data.Labels, groupsInside ? data.Groups : null, train, plan);
            var before = fold;
            var fitted = FoldedTrainer.Train(
                features, data.Labels, train, inner, plan, (done, of) => progress?.Invoke((before * of) + done, count * of), cancellationToken);
            foreach (var row in test)
            {
                probabilities[row] = Logistic.Of(fitted.Calibration.LogOdds(fitted.Trees.Score(features.Row(row))));
            }

            FitFloor(features, data.Labels, train, test, floor);
        }

        return new CrossValidation(probabilities, floor);
    }

    /// <summary>Logistic regression on the signed logarithms of the series' totals, or of the first features where there is no series.</summary>
    private static void FitFloor(FeatureMatrix features, bool[] labels, int[] train, int[] test, double[] floor)
    {
        int[] totals = [.. Enumerable.Range(0, features.Width).Where(at => features.Names[at].EndsWith(TotalEnding, StringComparison.Ordinal))];
        totals = totals.Length > 0 ? totals : [.. Enumerable.Range(0, Math.Min(FloorColumnsMax, features.Width))];
        double[] Row(int row)
        {
            var values = features.Row(row);
            var picked = new double[totals.Length];
            for (var at = 0; at < picked.Length; at++)
            {
                var value = values[totals[at]];
                picked[at] = float.IsNaN(value) ? 0 : SeriesFeatures.SignedLog(value);
            }

            return picked;
        }

        var model = LogisticRegression.Fit([.. train.Select(Row)], [.. train.Select(row => labels[row])], FloorRidge);
        foreach (var row in test)
        {
            floor[row] = Logistic.Of(model.LogOdds(Row(row)));
        }
    }
}
