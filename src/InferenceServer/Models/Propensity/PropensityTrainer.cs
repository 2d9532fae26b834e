using KpGrpc.InferenceServer.Models.Propensity.Boosting;
using KpGrpc.InferenceServer.Models.Propensity.Features;
using KpGrpc.InferenceServer.Models.Propensity.Preparation;
using KpGrpc.InferenceServer.Models.Propensity.Validation;

namespace KpGrpc.InferenceServer.Models.Propensity;

/// <summary>Trains the model that is served.</summary>
internal static class PropensityTrainer
{
    /// <summary>Trains on a labelled table. Where it has groups, whole groups are left out, so that all choices are made for groups that are new.</summary>
    /// <param name="data">The table.</param>
    /// <param name="plan">What is tried.</param>
    /// <param name="progress">Told after each model that was grown: how many, of how many.</param>
    /// <param name="cancellationToken">Stops between two models.</param>
    /// <returns>The model, and the columns that leak.</returns>
    public static (PropensityModel Model, IReadOnlyList<LeftOutColumn> Leaks) Train(
        LabelledTable data, BoosterPlan plan, Action<int, int>? progress, CancellationToken cancellationToken)
    {
        int[] rows = [.. Enumerable.Range(0, data.Labels.Length)];
        var (featurePlan, leaks) = data.Plan(rows, cancellationToken);
        var features = featurePlan.Transform(data.Table);
        var fitted = FoldedTrainer.Train(features, data.Labels, rows, InnerFolds(data.Labels, data.Groups, rows, plan), plan, progress, cancellationToken);
        return (new PropensityModel(Card(data.Roles.Label, features, data.Labels, plan, fitted) with { Plan = featurePlan }, fitted.Trees), leaks);
    }

    /// <summary>The card of a model.</summary>
    public static PropensityCard Card(string task, FeatureMatrix features, bool[] labels, BoosterPlan plan, FoldedModel fitted) => new()
    {
        Task = task,
        Features = [.. features.Names],
        Calibration = fitted.Calibration,
        Settings = fitted.Settings,
        Seed = plan.Seed,
        Rows = labels.Length,
        Positives = labels.Count(label => label),
        Auc = fitted.Auc,
    };

    /// <summary>Folds among some rows: whole groups where there are enough of them, else rows.</summary>
    public static int[] InnerFolds(bool[] labels, int[]? groups, int[] rows, BoosterPlan plan)
    {
        int[]? own = groups is null ? null : [.. rows.Select(row => groups[row])];
        return own is not null && own.Distinct().Count() >= plan.Folds
            ? Folds.ByGroup(own, plan.Folds, plan.Seed)
            : Folds.ByRow([.. rows.Select(row => labels[row])], plan.Folds, plan.Seed);
    }
}
