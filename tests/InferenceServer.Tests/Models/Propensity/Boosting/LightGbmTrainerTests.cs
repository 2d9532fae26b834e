using KpGrpc.InferenceServer.Models.Propensity.Boosting;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace KpGrpc.InferenceServer.Tests.Models.Propensity.Boosting;

public sealed class LightGbmTrainerTests
{
    private static readonly BoosterSettings Settings = new(
        Leaves: 8, LearningRate: 0.1, Trees: 30, RowsPerLeaf: 10, FeatureShare: 0.7, RowShare: 0.8, Ridge: 1, GroupProfile: true);

    [Fact]
    public void Train_RowsWithMissingValues_ScoresAsTheLibraryDoes()
    {
        var (features, labels) = RandomRows.Of(1_500, 12, 1);
        int[] rows = [.. Enumerable.Range(0, labels.Length)];
        var library = LightGbmTrainer.Fit(features, labels, rows, Settings, 3, 1);
        var ours = TreeAssembly.Convert(library.Model.SubModel.TrainedTreeEnsemble, features, rows);
        var view = LightGbmTrainer.View(new MLContext(1), features, labels, rows, groupProfile: true);
        float[] expected = [.. library.Transform(view).GetColumn<float>("Score")];
        for (var row = 0; row < rows.Length; row++)
        {
            Assert.Equal(expected[row], ours.Score(features.Row(row)), 1e-6 * Math.Max(1, Math.Abs(expected[row])));
        }
    }

    [Fact]
    public void Train_TwiceWithOneAndTwoThreads_GivesTheSameTrees()
    {
        var (features, labels) = RandomRows.Of(1_500, 12, 2);
        int[] rows = [.. Enumerable.Range(0, 1_200)];
        var one = LightGbmTrainer.Train(features, labels, rows, Settings, 3, 1);
        var two = LightGbmTrainer.Train(features, labels, rows, Settings, 3, 2);
        Assert.Equal(one.Nodes.ToArray(), two.Nodes.ToArray());
        Assert.Equal(one.Leaves.ToArray(), two.Leaves.ToArray());
    }

    [Fact]
    public void Train_RowsOfARule_PredictsRowsItHasNotSeen()
    {
        var (features, labels) = RandomRows.Of(2_000, 6, 4);
        var trees = LightGbmTrainer.Train(features, labels, [.. Enumerable.Range(0, 1_500)], Settings, 3, 1);
        var right = Enumerable.Range(1_500, 500).Count(row => trees.Score(features.Row(row)) > 0 == labels[row]);
        Assert.InRange(right, 440, 500);
    }
}
