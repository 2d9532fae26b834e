using CsCheck;
using KpGrpc.InferenceServer.Models.Propensity.Calibration;
using KpGrpc.InferenceServer.Models.Propensity.Validation;

namespace KpGrpc.InferenceServer.Tests.Models.Propensity.Calibration;

public sealed class CalibrationChoiceTests
{
    private const int RowCount = 8_000;

    [Fact]
    public void Fit_LogOddsTwiceTooGreat_ChoosesPlattAndHalvesThem()
    {
        var (raw, labels) = Sample(Logistic.Of);
        var fitted = Assert.IsType<PlattCalibration>(CalibrationChoice.Fit([.. raw.Select(score => score * 2)], labels, 1));
        Assert.Equal(0.5, fitted.Slope, 0.05);
    }

    [Fact]
    public void Fit_BentScores_ChoosesIsotonicWithALowerError()
    {
        var (raw, labels) = Sample(score => score < 0 ? 0.1 : score < 1 ? 0.2 : 0.9);
        var fitted = CalibrationChoice.Fit(raw, labels, 1);
        Assert.IsType<IsotonicCalibration>(fitted);
        Assert.InRange(ReliabilityTable.Of([.. raw.Select(score => Logistic.Of(fitted.LogOdds(score)))], labels).ExpectedError, 0, 0.02);
    }

    [Fact]
    public void LogOdds_AnyRows_NeverFallsWhereTheScoreRises() =>
        Gen.Select(Gen.Double[-5, 5], Gen.Bool).Array[4, 100].Where(rows => rows.Select(row => row.Item2).Distinct().Count() == 2).Sample(rows =>
        {
            double[] raw = [.. rows.Select(row => row.Item1)];
            bool[] labels = [.. rows.Select(row => row.Item2)];
            foreach (var calibration in (ICalibration[])[PlattCalibration.Fit(raw, labels), IsotonicCalibration.Fit(raw, labels)])
            {
                var curve = Enumerable.Range(-60, 121).Select(step => calibration.LogOdds(step / 10.0)).ToArray();
                Assert.All(curve.Zip(curve.Skip(1)), pair => Assert.True(pair.Second >= pair.First - 1e-12));
                Assert.All(curve, value => Assert.True(double.IsFinite(value)));
            }
        });

    private static (double[] Raw, bool[] Labels) Sample(Func<double, double> probability)
    {
        var random = new Random(3);
        double[] raw = [.. Enumerable.Range(0, RowCount).Select(_ => (random.NextDouble() * 6) - 3)];
        return (raw, [.. raw.Select(score => random.NextDouble() < probability(score))]);
    }
}
