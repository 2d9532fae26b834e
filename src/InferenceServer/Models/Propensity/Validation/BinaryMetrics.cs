namespace KpGrpc.InferenceServer.Models.Propensity.Validation;

/// <summary>Measures of predicted probabilities or scores of two classes.</summary>
internal static class BinaryMetrics
{
    private const double LeastProbability = 1e-15; // log loss stays finite

    /// <summary>
    /// Area under the ROC curve: the probability that a positive row scores above a negative one, ties counted half
    /// (Mann–Whitney U). NaN where a class is missing.
    /// </summary>
    public static double Auc(ReadOnlySpan<float> scores, ReadOnlySpan<bool> labels)
    {
        var keys = scores.ToArray();
        var order = new int[keys.Length];
        for (var row = 0; row < order.Length; row++)
        {
            order[row] = row;
        }

        Array.Sort(keys, order);
        var (positives, below) = (0L, 0.0);
        var (negativesBefore, from) = (0L, 0);
        while (from < keys.Length)
        {
            var (tiedPositives, tiedNegatives, to) = (0L, 0L, from);
            for (; to < keys.Length && keys[to] == keys[from] | (float.IsNaN(keys[to]) && float.IsNaN(keys[from])); to++)
            {
                _ = labels[order[to]] ? tiedPositives++ : tiedNegatives++;
            }

            below += tiedPositives * (negativesBefore + (tiedNegatives / 2.0));
            positives += tiedPositives;
            negativesBefore += tiedNegatives;
            from = to;
        }

        return positives == 0 || negativesBefore == 0 ? double.NaN : below / ((double)positives * negativesBefore);
    }

    /// <summary>Mean negative log-likelihood in nats.</summary>
    public static double LogLoss(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels)
    {
        var sum = 0.0;
        for (var row = 0; row < labels.Length; row++)
        {
            sum -= Math.Log(Math.Max(LeastProbability, labels[row] ? probabilities[row] : 1 - probabilities[row]));
        }

        return sum / labels.Length;
    }

    /// <summary>Mean squared difference between probability and outcome (Brier 1950).</summary>
    public static double Brier(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels)
    {
        var sum = 0.0;
        for (var row = 0; row < labels.Length; row++)
        {
            var difference = probabilities[row] - (labels[row] ? 1 : 0);
            sum += difference * difference;
        }

        return sum / labels.Length;
    }
}
