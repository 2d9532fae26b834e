using KpGrpc.InferenceServer.Models.Propensity.Validation;

namespace KpGrpc.InferenceServer.Models.Propensity.Calibration;

/// <summary>
/// A rising curve through the observed frequencies (isotonic regression by pool-adjacent-violators, Zadrozny and Elkan
/// 2002), linear between its points, so that it makes few ties.
/// </summary>
/// <param name="Raw">Raw log-odds of the points, rising.</param>
/// <param name="Calibrated">Calibrated log-odds at the points, never falling.</param>
internal sealed record IsotonicCalibration(double[] Raw, double[] Calibrated) : ICalibration
{
    private const double Prior = 1; // a block of n rows counts as n + 2 with one more of each class: never 0 or 1

    /// <summary>Fits the curve.</summary>
    /// <param name="raw">Log-odds of rows that the model was not trained on.</param>
    /// <param name="labels">Their labels.</param>
    public static IsotonicCalibration Fit(ReadOnlySpan<double> raw, ReadOnlySpan<bool> labels)
    {
        var keys = raw.ToArray();
        var sorted = labels.ToArray();
        Array.Sort(keys, sorted);
        var blocks = new List<(double Rows, double Positives, double RawSum)>();
        for (var from = 0; from < keys.Length;)
        {
            var to = from;
            var positives = 0.0;
            for (; to < keys.Length && keys[to] == keys[from]; to++)
            {
                positives += sorted[to] ? 1 : 0;
            }

            blocks.Add((to - from, positives, (to - from) * keys[from]));
            from = to;
            while (blocks.Count > 1 && blocks[^2].Positives * blocks[^1].Rows >= blocks[^1].Positives * blocks[^2].Rows)
            {
                var last = blocks[^1];
                blocks.RemoveAt(blocks.Count - 1);
                blocks[^1] = (blocks[^1].Rows + last.Rows, blocks[^1].Positives + last.Positives, blocks[^1].RawSum + last.RawSum);
            }
        }

        var calibrated = new double[blocks.Count];
        for (var at = 0; at < blocks.Count; at++)
        {
            var logOdds = Logistic.LogOdds((blocks[at].Positives + Prior) / (blocks[at].Rows + (2 * Prior)));
            calibrated[at] = at > 0 ? Math.Max(calibrated[at - 1], logOdds) : logOdds; // the prior may move small blocks past each other
        }

        return new IsotonicCalibration([.. blocks.Select(block => block.RawSum / block.Rows)], calibrated);
    }

    /// <inheritdoc />
    public double LogOdds(double raw)
    {
        var at = Array.BinarySearch(Raw, raw);
        if (at >= 0)
        {
            return Calibrated[at];
        }

        var above = ~at;
        if (above == 0)
        {
            return Calibrated[0];
        }

        if (above == Raw.Length)
        {
            return Calibrated[^1];
        }

        var share = (raw - Raw[above - 1]) / (Raw[above] - Raw[above - 1]);
        return Calibrated[above - 1] + (share * (Calibrated[above] - Calibrated[above - 1]));
    }
}
