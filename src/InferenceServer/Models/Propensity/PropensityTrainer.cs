using KpGrpc.InferenceServer.Histories;
using KpGrpc.InferenceServer.Models.Propensity.Boosting;
using KpGrpc.InferenceServer.Models.Propensity.Features;
using KpGrpc.InferenceServer.Models.Propensity.Learners;
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
        return (new PropensityModel(Card(data.Roles.Label, features, data.Labels, plan, fitted) with { Plan = featurePlan, Positive = data.Roles.Positive }, fitted.Trees), leaks);
    }

    /// <summary>Trains on histories; all rows of a learner are on one side of every split.</summary>
    /// <param name="histories">Each learner's events in time order.</param>
    /// <param name="kind">What is predicted.</param>
    /// <param name="horizon">How far ahead.</param>
    /// <param name="lookback">How lately a learner must have acted.</param>
    /// <param name="plan">What is tried.</param>
    /// <param name="progress">Told after each model that was grown: how many, of how many.</param>
    /// <param name="cancellationToken">Stops between two models.</param>
    /// <exception cref="Import.ImportException">The events do not suffice.</exception>
    public static (PropensityModel Model, LearnerSample Sample) TrainOnEvents(
        IReadOnlyList<HistoryEntry[]> histories, RiskKind kind, TimeSpan horizon, TimeSpan lookback, BoosterPlan plan, Action<int, int>? progress, CancellationToken cancellationToken)
    {
        var sample = LearnerSample.Of(histories, kind, horizon, lookback);
        int[] rows = [.. Enumerable.Range(0, sample.Labels.Length)];
        var folds = InnerFolds(sample.Labels, sample.Learners, rows, plan);
        var fitted = FoldedTrainer.Train(sample.Features, sample.Labels, rows, folds, plan, progress, cancellationToken);
        var card = Card(kind.ToString().ToLowerInvariant(), sample.Features, sample.Labels, plan, fitted) with { Horizon = horizon };
        return (new PropensityModel(card, fitted.Trees), sample);
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
