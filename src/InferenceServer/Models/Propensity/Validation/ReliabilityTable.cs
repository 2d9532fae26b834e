namespace KpGrpc.InferenceServer.Models.Propensity.Validation;

/// <summary>
/// Predicted against observed frequencies in bins of equal width, and the expected calibration error: the mean over rows
/// of |observed − predicted| of the row's bin (Guo et al., ICML 2017).
/// </summary>
/// <param name="Bins">The bins that hold a row, by rising probability.</param>
/// <param name="ExpectedError">Expected calibration error, 0 to 1.</param>
internal sealed record ReliabilityTable(IReadOnlyList<ReliabilityBin> Bins, double ExpectedError)
{
    /// <summary>Bins of equal width in [0, 1].</summary>
    public const int BinCount = 15;

    /// <summary>Fills the bins; bin i holds the probabilities in [i/15, (i+1)/15), the last one also 1.</summary>
    public static ReliabilityTable Of(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels)
    {
        var (rows, positives, sums) = (new long[BinCount], new long[BinCount], new double[BinCount]);
        for (var row = 0; row < labels.Length; row++)
        {
            var bin = Math.Min(BinCount - 1, (int)(probabilities[row] * BinCount));
            rows[bin]++;
            positives[bin] += labels[row] ? 1 : 0;
            sums[bin] += probabilities[row];
        }

        var bins = new List<ReliabilityBin>();
        var error = 0.0;
        for (var bin = 0; bin < BinCount; bin++)
        {
            if (rows[bin] > 0)
            {
                bins.Add(new ReliabilityBin((double)bin / BinCount, (bin + 1.0) / BinCount, rows[bin], sums[bin] / rows[bin], (double)positives[bin] / rows[bin]));
                error += Math.Abs(positives[bin] - sums[bin]) / labels.Length;
            }
        }

        return new ReliabilityTable(bins, error);
    }
}

/// <summary>One bin.</summary>
/// <param name="From">Least probability.</param>
/// <param name="To">Bound of the probabilities, exclusive but for the last bin.</param>
/// <param name="Rows">Rows in it.</param>
/// <param name="Predicted">Their mean probability.</param>
/// <param name="Observed">Their share of positives.</param>
internal sealed record ReliabilityBin(double From, double To, long Rows, double Predicted, double Observed);
