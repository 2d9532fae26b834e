namespace KpGrpc.InferenceServer.Models.Propensity.Features;

/// <summary>
/// Some features beside those of the row's own group (a course, a cohort): the difference of signed logarithms to the
/// group's mean, and the rank within the group; then, as features of the group itself, its size and some of these means.
/// Needs no label, so that a group that training never met can be scored from
/// its own rows; a small group's mean is drawn towards that of the training data.
/// </summary>
/// <param name="Sources">Features that are compared.</param>
/// <param name="Means">Mean signed logarithm of each in the training data.</param>
/// <param name="Profiled">How many of them, from the first, also give their group's mean.</param>
internal sealed record GroupBlock(IReadOnlyList<string> Sources, IReadOnlyList<double> Means, int Profiled)
{
    private const double PriorRows = 20; // weight of the training data's mean

    /// <summary>Names of the features of a row.</summary>
    public IEnumerable<string> OwnNames() =>
        Sources.Select(source => $"{source}.vs_group").Concat(Sources.Select(source => $"{source}.rank_in_group"));

    /// <summary>Names of the features of a group, which come right after those of the row.</summary>
    public IEnumerable<string> ProfileNames() => Sources.Take(Profiled).Select(source => $"{source}.group_mean").Append("group.rows");

    /// <summary>Learns the means; sources that are missing somewhere are compared where they are present.</summary>
    public static GroupBlock Of(IReadOnlyList<string> sources, int profiled, FeatureMatrix features)
    {
        var index = Index(features);
        return new GroupBlock(sources, [.. sources.Select(source =>
            features.Column(index[source]).Where(value => !float.IsNaN(value)).Select(value => SeriesFeatures.SignedLog(value)).DefaultIfEmpty(0).Average())], profiled);
    }

    /// <summary>Writes the features of all rows at <paramref name="offset"/>; the sources are already in the matrix.</summary>
    public void Fill(FeatureMatrix matrix, int[] groups, int offset)
    {
        var index = Index(matrix);
        var rowsOf = Enumerable.Range(0, groups.Length).GroupBy(row => groups[row]).Select(group => group.ToArray()).ToList();
        for (var at = 0; at < Sources.Count; at++)
        {
            var values = matrix.Column(index[Sources[at]]);
            foreach (var rows in rowsOf)
            {
                var mean = Compare(values, rows, Means[at], matrix, offset + at, offset + Sources.Count + at);
                if (at < Profiled)
                {
                    Fill(matrix, rows, offset + (2 * Sources.Count) + at, mean);
                }
            }
        }

        foreach (var rows in rowsOf)
        {
            Fill(matrix, rows, offset + (2 * Sources.Count) + Profiled, rows.Length);
        }
    }

    private static Dictionary<string, int> Index(FeatureMatrix matrix) =>
        matrix.Names.Select((name, at) => (name, at)).DistinctBy(pair => pair.name).ToDictionary(pair => pair.name, pair => pair.at);

    private static void Fill(FeatureMatrix matrix, int[] rows, int feature, double value)
    {
        foreach (var row in rows)
        {
            matrix.Row(row)[feature] = (float)value;
        }
    }

    private static double Compare(float[] values, int[] rows, double prior, FeatureMatrix matrix, int difference, int rank)
    {
        int[] known = [.. rows.Where(row => !float.IsNaN(values[row]))];
        var mean = ((prior * PriorRows) + known.Sum(row => SeriesFeatures.SignedLog(values[row]))) / (PriorRows + known.Length);
        foreach (var row in rows)
        {
            matrix.Row(row)[difference] = float.IsNaN(values[row]) ? float.NaN : (float)(SeriesFeatures.SignedLog(values[row]) - mean);
            matrix.Row(row)[rank] = float.NaN;
        }

        Array.Sort(known, (one, other) => values[one].CompareTo(values[other]));
        for (var from = 0; from < known.Length;)
        {
            var to = from;
            while (to < known.Length && values[known[to]] == values[known[from]])
            {
                to++;
            }

            for (var at = from; at < to; at++)
            {
                matrix.Row(known[at])[rank] = (from + to) / 2f / known.Length; // ties share the middle of their ranks
            }

            from = to;
        }

        return mean;
    }
}
