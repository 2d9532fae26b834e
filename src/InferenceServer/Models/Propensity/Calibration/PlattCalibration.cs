using KpGrpc.InferenceServer.Models.Propensity.Validation;

namespace KpGrpc.InferenceServer.Models.Propensity.Calibration;

/// <summary>Calibrated log-odds = slope × raw + intercept (Platt 1999). Keeps every difference between rows.</summary>
/// <param name="Slope">0 or more.</param>
/// <param name="Intercept">Log-odds at raw 0.</param>
internal sealed record PlattCalibration(double Slope, double Intercept) : ICalibration
{
    private const double Ridge = 1e-3; // keeps the slope finite where the classes are separated

    /// <summary>Fits both numbers by maximum likelihood.</summary>
    /// <param name="raw">Log-odds of rows that the model was not trained on.</param>
    /// <param name="labels">Their labels.</param>
    public static PlattCalibration Fit(ReadOnlySpan<double> raw, ReadOnlySpan<bool> labels)
    {
        var rows = new double[raw.Length][];
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = [raw[row]];
        }

        var (weights, intercept) = LogisticRegression.Fit(rows, labels, Ridge).Unscaled();
        return weights[0] >= 0 ? new PlattCalibration(weights[0], intercept) : new PlattCalibration(0, BaseRate(labels));
    }

    /// <inheritdoc />
    public double LogOdds(double raw) => (Slope * raw) + Intercept;

    /// <summary>Scores that are worse than none say nothing: every row then has the share of positives.</summary>
    private static double BaseRate(ReadOnlySpan<bool> labels) => Logistic.LogOdds((double)labels.Count(true) / labels.Length);
}
