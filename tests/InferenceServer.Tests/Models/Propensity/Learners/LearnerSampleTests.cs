using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Histories;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Propensity.Boosting;
using KpGrpc.InferenceServer.Models.Propensity;
using KpGrpc.InferenceServer.Models.Propensity.Learners;
using KpGrpc.InferenceServer.Profiles;

namespace KpGrpc.InferenceServer.Tests.Models.Propensity.Learners;

public sealed class LearnerSampleTests
{
    private const long Day = 86_400_000;
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(10);
    private static readonly TimeSpan Lookback = TimeSpan.FromDays(20);

    [Fact]
    public void Of_LearnersWhoLeave_LabelsWhatCameAfterTheMomentOnly()
    {
        var sample = LearnerSample.Of(Histories(), RiskKind.Churn, Horizon, Lookback);
        var since = LearnerFeatures.Names.ToList().IndexOf("days_since_last_act");
        Assert.True(sample.Moments > 3);
        Assert.Equal(sample.Labels.Length, sample.Features.Rows);
        for (var row = 0; row < sample.Labels.Length; row++)
        {
            Assert.InRange(sample.Features.Row(row)[since], 0, Lookback.TotalDays);
        }
    }

    [Fact]
    public void Of_PurchasesOnSomeDays_LabelsConversion() =>
        Assert.Contains(true, LearnerSample.Of(Histories(), RiskKind.Conversion, Horizon, Lookback).Labels);

    [Fact]
    public void Of_SilenceBeforeTheLastEvent_IsPassedOver()
    {
        var histories = Histories();
        histories.Add([new HistoryEntry("w", EventKind.View, 5_000 * Day, null)]);
        Assert.True(LearnerSample.Of(histories, RiskKind.Churn, Horizon, Lookback).Moments > 3);
    }

    [Fact]
    public void Of_ImportedHistoriesWithMadeUpTimes_ServesWithAHorizonOfMinutes()
    {
        // As the import writes histories without times: the n-th enrolment of every learner n minutes after one start.
        var random = new Random(8);
        List<HistoryEntry[]> histories = [.. Enumerable.Range(0, 300).Select(_ => Enumerable.Range(0, random.Next(3, 40))
            .Select(minute => new HistoryEntry($"w{minute}", EventKind.Enrol, HistoryValues.SyntheticStart + (minute * HistoryValues.SyntheticStep), null)).ToArray())];
        var sample = LearnerSample.Of(histories, RiskKind.Churn, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5));
        Assert.InRange(sample.Labels.Count(label => label), 30, sample.Labels.Length - 30);
        Assert.Throws<ImportException>(() => LearnerSample.Of(histories, RiskKind.Conversion, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public void Of_TooFewEvents_RefusesAndSaysWhatIsMissing()
    {
        var failure = Assert.Throws<ImportException>(() => LearnerSample.Of([.. Histories().Take(20)], RiskKind.Conversion, Horizon, Lookback));
        Assert.Contains("do not suffice for a model of conversion", failure.Message, StringComparison.Ordinal);
        Assert.Throws<ImportException>(() => LearnerSample.Of([], RiskKind.Churn, Horizon, Lookback));
    }

    [Fact]
    public void Predict_TrainedOnTheSample_TellsLearnersWhoAreLeavingFromThoseWhoStay()
    {
        var sample = LearnerSample.Of(Histories(), RiskKind.Churn, Horizon, Lookback);
        int[] rows = [.. Enumerable.Range(0, sample.Labels.Length)];
        var settings = new BoosterSettings(Leaves: 8, LearningRate: 0.1, Trees: 40, RowsPerLeaf: 10, FeatureShare: 1, RowShare: 1, Ridge: 1, GroupProfile: true);
        var plan = new BoosterPlan([settings], 3, 1, 1);
        var fitted = FoldedTrainer.Train(
            sample.Features, sample.Labels, rows, PropensityTrainer.InnerFolds(sample.Labels, sample.Learners, rows, plan), plan, null, TestContext.Current.CancellationToken);
        var card = PropensityTrainer.Card("churn", sample.Features, sample.Labels, plan, fitted) with { Horizon = Horizon };
        var model = new PropensityModel(card, fitted.Trees);
        Assert.True(LearnerRisk.IsFor(model));
        RiskPrediction Churn(IReadOnlyList<HistoryEntry> entries, long at) =>
            LearnerRisk.Predict(model, "churn", "1", new LearnerHistory(entries, new Dictionary<EventKind, long>(), 1), at);
        var now = 100 * Day;
        var gone = Churn([new HistoryEntry("w", EventKind.View, now - (19 * Day), null)], now);
        var here = Churn([.. Enumerable.Range(0, 30).Select(day => new HistoryEntry("w", EventKind.View, now - ((30 - day) * Day) + 1, null))], now);
        Assert.True(gone.Probability > here.Probability + 0.3, $"{gone.Probability} {here.Probability}");
        Assert.InRange(gone.Reasons.Count, 1, 10);
        Assert.Equal(Horizon, gone.Horizon);
    }

    /// <summary>Learners who act on most days until a day of their own, and buy now and then.</summary>
    private static List<HistoryEntry[]> Histories()
    {
        var random = new Random(2);
        return [.. Enumerable.Range(0, 200).Select(_ =>
        {
            var last = random.Next(20, 160);
            return Enumerable.Range(0, last).Where(_ => random.Next(3) > 0)
                .Select(day => new HistoryEntry($"w{random.Next(9)}", random.Next(15) == 0 ? EventKind.Purchase : EventKind.View, day * Day, null)).ToArray();
        }).Where(history => history.Length > 0)];
    }
}
