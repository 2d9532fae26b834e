using KpGrpc.InferenceServer.Models.Propensity.Calibration;
using KpGrpc.InferenceServer.Models.Propensity.Validation;

namespace KpGrpc.InferenceServer.Tests.Models.Propensity.Calibration;

public sealed class IsotonicCalibrationTests
{
    [Fact]
    public void Fit_Violators_ArePooled()
    {
        double[] raw = [.. Enumerable.Repeat(0.0, 100), .. Enumerable.Repeat(1.0, 100), .. Enumerable.Repeat(2.0, 100)];
        bool[] labels = [.. Positives(50), .. Positives(30), .. Positives(90)];
        var fitted = IsotonicCalibration.Fit(raw, labels);
        Assert.Equal([0.5, 2.0], fitted.Raw);
        Assert.Equal(Logistic.LogOdds(81 / 202.0), fitted.LogOdds(0.2), 1e-9);
        Assert.Equal(Logistic.LogOdds(91 / 102.0), fitted.LogOdds(5), 1e-9);
    }

    private static IEnumerable<bool> Positives(int count) => Enumerable.Range(0, 100).Select(row => row < count);
}
