using KpGrpc.InferenceServer.Models.Propensity.Boosting;
using KpGrpc.InferenceServer.Models.Propensity.Validation;

namespace KpGrpc.InferenceServer.Tests.Models.Propensity.Boosting;

public sealed class FoldedTrainerTests
{
    private static readonly BoosterSettings Good = new(
        Leaves: 8, LearningRate: 0.1, Trees: 40, RowsPerLeaf: 10, FeatureShare: 1, RowShare: 1, Ridge: 1, GroupProfile: true);

    private static readonly BoosterSettings Poor = Good with { Trees = 1, LearningRate = 0.01 };

    [Fact]
    public void Train_GoodAndPoorCandidate_ChoosesTheGoodOneAndIsCalibrated()
    {
        var (features, labels) = RandomRows.Of(2_400, 6, 9);
        int[] train = [.. Enumerable.Range(0, 1_800)];
        var steps = new List<(int, int)>();
        var model = FoldedTrainer.Train(
            features, labels, train, Folds.ByRow(labels.AsSpan(0, 1_800), 3, 1), new BoosterPlan([Poor, Good], 3, 1, 1), (done, of) => steps.Add((done, of)), TestContext.Current.CancellationToken);
        Assert.Equal(Good, model.Settings);
        Assert.Equal([(1, 4), (2, 4), (3, 4), (4, 4)], steps);
        double[] predicted = [.. Enumerable.Range(1_800, 600).Select(row => Logistic.Of(model.Calibration.LogOdds(model.Trees.Score(features.Row(row)))))];
        Assert.InRange(ReliabilityTable.Of(predicted, labels.AsSpan(1_800)).ExpectedError, 0, 0.06);
    }

    [Fact]
    public void Train_Cancelled_Throws()
    {
        var (features, labels) = RandomRows.Of(300, 3, 9);
        Assert.Throws<OperationCanceledException>(() => FoldedTrainer.Train(
            features, labels, [.. Enumerable.Range(0, 300)], Folds.ByRow(labels, 3, 1), new BoosterPlan([Good], 3, 1, 1), null, new CancellationToken(canceled: true)));
    }
}
