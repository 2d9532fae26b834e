using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Propensity.Validation;

namespace KpGrpc.InferenceServer.Tests.Models.Propensity.Validation;

public sealed class FoldsTests
{
    [Fact]
    public void ByRow_AnyLabels_EveryFoldHasItsShareOfBothClasses()
    {
        bool[] labels = [.. Enumerable.Range(0, 103).Select(row => row % 4 == 0)];
        var folds = Folds.ByRow(labels, 5, 7);
        for (var fold = 0; fold < 5; fold++)
        {
            var rows = Folds.Rows(folds, fold, inside: true);
            Assert.InRange(rows.Count(row => labels[row]), 5, 6);
            Assert.InRange(rows.Length, 20, 22);
            Assert.Equal(103, rows.Length + Folds.Rows(folds, fold, inside: false).Length);
        }
    }

    [Fact]
    public void ByRow_SameSeed_SameFolds() => Assert.Equal(Folds.ByRow(new bool[50], 3, 1), Folds.ByRow(new bool[50], 3, 1));

    [Fact]
    public void ByGroup_UnequalGroups_KeepsEachTogetherAndTheFoldsEven()
    {
        int[] groups = [.. Enumerable.Range(0, 10).SelectMany(group => Enumerable.Repeat(group, 10 + group))];
        var folds = Folds.ByGroup(groups, 3, 7);
        Assert.All(groups.Zip(folds).GroupBy(pair => pair.First), group => Assert.Single(group.Select(pair => pair.Second).Distinct()));
        Assert.All(folds.GroupBy(fold => fold), fold => Assert.InRange(fold.Count(), 40, 58));
    }

    [Fact]
    public void ByGroup_FewerGroupsThanFolds_Refuses() =>
        Assert.Contains("2 groups", Assert.Throws<ImportException>(() => Folds.ByGroup([0, 1, 1], 3, 1)).Message, StringComparison.Ordinal);
}
