using CsCheck;
using KpGrpc.InferenceServer.Models.Propensity.Boosting;

namespace KpGrpc.InferenceServer.Tests.Models.Propensity.Boosting;

public sealed class BoostedTreesTests
{
    // f0 > 1 ? (f1 > 0 ? 3 : 2) : 1, then a tree of one leaf
    private static readonly BoostedTrees Small = new(
        2, 0.5, [0, ~3], [new TreeNode(0, 1, ~0, 1), new TreeNode(1, 0, ~1, ~2)], [1, 2, 3, 10], [1.5, 2.5]);

    [Theory]
    [InlineData(0, 0, 11.5)]
    [InlineData(1, 0, 11.5)]
    [InlineData(2, 0, 12.5)]
    [InlineData(2, 1, 13.5)]
    [InlineData(float.NaN, 1, 11.5)]
    [InlineData(2, float.NaN, 12.5)]
    public void Score_SmallTrees_FollowsThePathAndSendsMissingLeft(float first, float second, double expected) =>
        Assert.Equal(expected, Small.Score([first, second]), 1e-12);

    [Fact]
    public void Contribute_AnyRow_AddsUpToTheScore() => Gen.Select(Gen.Float[-3, 3], Gen.Float[-3, 3]).Sample((first, second) =>
    {
        var parts = new double[2];
        Small.Contribute([first, second], parts);
        Assert.Equal(Small.Score([first, second]), Small.Base + parts.Sum(), 1e-12);
    });

    [Fact]
    public void Score_ManyRows_IsTheScoreOfEachAlone()
    {
        float[] rows = [.. Enumerable.Range(0, 2 * 150).Select(at => (at * 37 % 11 / 3f) - 1)];
        var scores = new double[150];
        Small.Score(rows, scores);
        Assert.Equal(Enumerable.Range(0, 150).Select(row => Small.Score(rows.AsSpan(row * 2, 2))), scores);
    }

    [Fact]
    public void Take_FirstTree_LeavesTheOthersOut() => Assert.Equal(3.5, Small.Take(1).Score([2, 1]), 1e-12);

    [Fact]
    public void Average_TwoModels_ScoresTheirMean()
    {
        var one = new BoostedTrees(2, 1.5, [~0], [], [4], []);
        Assert.Equal((13.5 + 5.5) / 2, BoostedTrees.Average([Small, one]).Score([2, 1]), 1e-12);
    }

    [Theory]
    [InlineData(5, ~0)]
    [InlineData(0, ~9)]
    [InlineData(0, 7)]
    [InlineData(0, 0)]
    public void Constructor_IndexThatPointsNowhere_Throws(int feature, int child) => Assert.Throws<InvalidDataException>(
        () => new BoostedTrees(2, 0, [0], [new TreeNode(feature, 0, child, ~0)], [1], [1]));
}
