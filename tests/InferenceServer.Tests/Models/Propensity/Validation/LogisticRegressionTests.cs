using KpGrpc.InferenceServer.Models.Propensity.Validation;

namespace KpGrpc.InferenceServer.Tests.Models.Propensity.Validation;

public sealed class LogisticRegressionTests
{
    [Fact]
    public void Fit_RowsOfAKnownModel_FindsItsWeights()
    {
        var random = new Random(5);
        double[][] rows = [.. Enumerable.Range(0, 40_000).Select(_ => new[] { random.NextDouble() * 4, random.NextDouble() - 10 })];
        bool[] labels = [.. rows.Select(row => random.NextDouble() < Logistic.Of((1.5 * row[0]) - (2 * row[1]) - 23))];
        var (weights, intercept) = LogisticRegression.Fit(rows, labels, 1e-6).Unscaled();
        Assert.Equal(1.5, weights[0], 0.1);
        Assert.Equal(-2, weights[1], 0.2);
        Assert.Equal(-23, intercept, 2.0);
    }

    [Fact]
    public void Fit_SeparableRowsAndAConstantColumn_StaysFinite()
    {
        double[][] rows = [.. Enumerable.Range(0, 100).Select(row => new[] { row, 3.0 })];
        var model = LogisticRegression.Fit(rows, [.. rows.Select(row => row[0] >= 50)], 1);
        Assert.True(model.LogOdds([99, 3]) > 1);
        Assert.True(model.LogOdds([0, 3]) < -1);
    }
}
