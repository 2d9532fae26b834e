using CsCheck;
using KpGrpc.InferenceServer.Models.Propensity.Validation;

namespace KpGrpc.InferenceServer.Tests.Models.Propensity.Validation;

public sealed class BinaryMetricsTests
{
    private static readonly Gen<(float Score, bool Label)[]> Rows = Gen.Select(Gen.Int[0, 5], Gen.Bool, (score, label) => (score / 4f, label)).Array[1, 60];

    [Fact]
    public void Auc_AnyRowsWithTies_IsTheShareOfPairsInOrder() => Rows.Sample(rows =>
    {
        var (wins, pairs) = (0.0, 0);
        foreach (var positive in rows.Where(row => row.Label))
        {
            foreach (var negative in rows.Where(row => !row.Label))
            {
                pairs++;
                wins += positive.Score > negative.Score ? 1 : positive.Score == negative.Score ? 0.5 : 0;
            }
        }

        var auc = BinaryMetrics.Auc([.. rows.Select(row => row.Score)], [.. rows.Select(row => row.Label)]);
        Assert.Equal(pairs == 0 ? double.NaN : wins / pairs, auc, 1e-12);
    });

    [Fact]
    public void Auc_MissingScores_AreTiesBelowAllOthers() =>
        Assert.Equal(2.5 / 3, BinaryMetrics.Auc([float.NaN, float.NaN, 1, 2], [true, false, true, true]), 1e-12);

    [Fact]
    public void LogLoss_CertainAndWrong_StaysFinite() => Assert.True(double.IsFinite(BinaryMetrics.LogLoss([0], [true])));

    [Fact]
    public void Brier_TwoRows_IsTheMeanSquare() => Assert.Equal(((0.2 * 0.2) + (0.3 * 0.3)) / 2, BinaryMetrics.Brier([0.8, 0.3], [true, false]), 1e-12);
}
