namespace KpGrpc.InferenceServer.Models.Propensity.Features;

/// <summary>
/// What a series of amounts, oldest step first, says of a behaviour: how much, how often, how lately, how regularly, and
/// where it is going. Ages count steps back from the last one, which has age 0.
/// </summary>
internal static class SeriesFeatures
{
    private static readonly string[] MainFeatures = ["total", "active_steps", "steps_since_last", "decayed_4", "active_decayed_10"];
    private static readonly int[] Windows = [1, 2, 3, 5, 7, 10, 14, 21];
    private static readonly int[] ActiveWindows = [3, 7, 14];
    private static readonly double[] HalfLives = [1.5, 4, 10];

    /// <summary>Names of the features of a series.</summary>
    /// <param name="series">The series' name.</param>
    /// <param name="steps">Its length.</param>
    public static List<string> Names(string series, int steps) =>
    [
        $"{series}.total", $"{series}.active_steps", $"{series}.steps_since_last", $"{series}.first_step", $"{series}.longest_gap",
        $"{series}.mean_gap", $"{series}.slope", $"{series}.max", $"{series}.deviation", $"{series}.overdue", $"{series}.per_active_step", $"{series}.late_share",
        .. HalfLives.Select(halfLife => FormattableString.Invariant($"{series}.decayed_{halfLife}")),
        .. HalfLives.Select(halfLife => FormattableString.Invariant($"{series}.active_decayed_{halfLife}")),
        .. Windows.Where(window => window < steps).Select(window => $"{series}.last_{window}"),
        .. ActiveWindows.Where(window => window < steps).Select(window => $"{series}.active_last_{window}"),
    ];

    /// <summary>Names of the few that say most.</summary>
    public static IEnumerable<string> MainNames(string series) =>
        MainFeatures.Select(name => $"{series}.{name}");

    /// <summary>Computes the features in the order of <see cref="Names"/>.</summary>
    /// <param name="values">The series; finite.</param>
    /// <param name="features">Where they go.</param>
    public static void Fill(ReadOnlySpan<float> values, Span<float> features)
    {
        var steps = values.Length;
        var (total, max, active, first, last, longest) = (0.0, 0.0, 0, steps, -1, 0);
        Span<double> decayed = stackalloc double[HalfLives.Length];
        Span<double> activeDecayed = stackalloc double[HalfLives.Length];
        var (sum, squares, moment) = (0.0, 0.0, 0.0);
        for (var step = 0; step < steps; step++)
        {
            var value = values[step];
            if (value == 0)
            {
                continue;
            }

            var log = SignedLog(value);
            total += value;
            max = Math.Max(max, value);
            active++;
            first = Math.Min(first, step);
            longest = last < 0 ? 0 : Math.Max(longest, step - last);
            last = step;
            sum += log;
            squares += log * log;
            moment += log * (step - ((steps - 1) / 2.0));
            for (var at = 0; at < HalfLives.Length; at++)
            {
                var weight = Math.Pow(2, -(steps - 1 - step) / HalfLives[at]);
                decayed[at] += weight * log;
                activeDecayed[at] += weight;
            }
        }

        var since = last < 0 ? steps : steps - 1 - last;
        var meanGap = active > 1 ? (double)(last - first) / (active - 1) : steps;
        var spread = steps * ((double)steps * steps - 1) / 12;
        var mean = sum / steps;
        ReadOnlySpan<double> heads =
        [
            total, active, since, first, longest, meanGap, moment / spread, max, Math.Sqrt(Math.Max(0, (squares / steps) - (mean * mean))), since / (meanGap + 1), active > 0 ? total / active : 0, total != 0 ? Sum(values[^((steps + 2) / 3)..]) / total : 0,
            .. decayed, .. activeDecayed,
        ];
        for (var at = 0; at < heads.Length; at++)
        {
            features[at] = (float)heads[at];
        }

        Recent(values, features[heads.Length..]);
    }

    /// <summary>log(1 + |x|) with the sign of x: counts keep their order, and great ones do not drown the rest.</summary>
    public static double SignedLog(double value) => Math.CopySign(Math.Log(1 + Math.Abs(value)), value);

    private static void Recent(ReadOnlySpan<float> values, Span<float> features)
    {
        var at = 0;
        foreach (var window in Windows)
        {
            if (window < values.Length)
            {
                features[at++] = Sum(values[^window..]);
            }
        }

        foreach (var window in ActiveWindows)
        {
            if (window < values.Length)
            {
                features[at++] = window - values[^window..].Count(0f);
            }
        }
    }

    private static float Sum(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return (float)sum;
    }
}
