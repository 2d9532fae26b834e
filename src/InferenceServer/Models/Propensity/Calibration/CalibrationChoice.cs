using KpGrpc.InferenceServer.Models.Propensity.Validation;

namespace KpGrpc.InferenceServer.Models.Propensity.Calibration;

/// <summary>Chooses between the two calibrations by cross validation on the rows they are fitted on.</summary>
internal static class CalibrationChoice
{
    private const int FoldCount = 4;
    private const double Gain = 0.001; // of the log loss: below it Platt's two numbers are kept, which make no ties

    /// <summary>Fits the calibration that has the lower log loss on rows it was not fitted on.</summary>
    /// <param name="raw">Log-odds of rows that the model was not trained on.</param>
    /// <param name="labels">Their labels, of both classes.</param>
    /// <param name="seed">Of the folds.</param>
    public static ICalibration Fit(double[] raw, bool[] labels, int seed)
    {
        var folds = Folds.ByRow(labels, FoldCount, seed);
        var (platt, isotonic) = (new double[raw.Length], new double[raw.Length]);
        for (var fold = 0; fold < FoldCount; fold++)
        {
            var fitted = Folds.Rows(folds, fold, inside: false);
            double[] x = [.. fitted.Select(row => raw[row])];
            bool[] y = [.. fitted.Select(row => labels[row])];
            var (line, curve) = (PlattCalibration.Fit(x, y), IsotonicCalibration.Fit(x, y));
            foreach (var row in Folds.Rows(folds, fold, inside: true))
            {
                platt[row] = Logistic.Of(line.LogOdds(raw[row]));
                isotonic[row] = Logistic.Of(curve.LogOdds(raw[row]));
            }
        }

        return BinaryMetrics.LogLoss(isotonic, labels) < (1 - Gain) * BinaryMetrics.LogLoss(platt, labels)
            ? IsotonicCalibration.Fit(raw, labels)
            : PlattCalibration.Fit(raw, labels);
    }
}
