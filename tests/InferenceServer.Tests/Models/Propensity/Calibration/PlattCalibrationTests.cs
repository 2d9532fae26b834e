using KpGrpc.InferenceServer.Models.Propensity.Calibration;
using KpGrpc.InferenceServer.Models.Propensity.Validation;

namespace KpGrpc.InferenceServer.Tests.Models.Propensity.Calibration;

public sealed class PlattCalibrationTests
{
    [Fact]
    public void Fit_ScoresThatRunTheWrongWay_GivesTheShareOfPositives()
    {
        var fitted = PlattCalibration.Fit([-2, -1, 1, 2], [true, true, true, false]);
        Assert.Equal(0, fitted.Slope);
        Assert.Equal(0.75, Logistic.Of(fitted.LogOdds(7)), 1e-9);
    }
}
