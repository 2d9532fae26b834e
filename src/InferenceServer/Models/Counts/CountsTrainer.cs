namespace KpGrpc.InferenceServer.Models.Counts;

/// <summary>
/// Counts pairs of works over histories. One row (one work) at a time: working memory is the histories plus one array
/// of the catalogue's length a thread, whatever the number of pairs. The result does not depend on the thread count.
/// </summary>
internal static class CountsTrainer
{
    /// <summary>Trains a model.</summary>
    /// <param name="histories">One array a learner: item indices in [0, itemCount), oldest first.</param>
    /// <param name="itemCount">Works in the catalogue.</param>
    /// <param name="options">Settings; read once.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    public static CountsModel Train(IReadOnlyList<int[]> histories, int itemCount, CountsOptions options, CancellationToken cancellationToken)
    {
        var occurrences = Occurrences.Of(histories, itemCount);
        var distance = Enumerable.Range(0, options.Window + 1).Select(d => d == 0 ? 0 : Math.Pow(d, -options.DistanceExponent)).ToArray();
        var length = histories.Select(history => Math.Pow(Math.Max(1, history.Length), -options.LengthExponent)).ToArray();
        var rows = new (int Item, float Weight)[itemCount][];
        var threads = options.TrainingThreads > 0 ? options.TrainingThreads : Math.Max(1, Environment.ProcessorCount / 2);

        Parallel.For(
            0,
            itemCount,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
            () => new PairSums(itemCount),
            (item, _, sums) =>
            {
                Count(item, histories, occurrences, distance, length, options, sums);
                rows[item] = Keep(item, sums, occurrences, options);
                sums.Clear();
                return sums;
            },
            _ => { });

        return Assemble(rows, occurrences, options);
    }

    private static void Count(
        int item, IReadOnlyList<int[]> histories, Occurrences occurrences, double[] distance, double[] length, CountsOptions options, PairSums sums)
    {
        foreach (var (learner, position) in occurrences.Row(item))
        {
            var history = histories[learner];
            var weight = length[learner];
            var last = Math.Min(history.Length - 1, position + options.Window);
            for (var at = position + 1; at <= last; at++)
            {
                sums.Add(history[at], weight * distance[at - position]);
            }

            if (options.BackwardWeight > 0)
            {
                for (var at = Math.Max(0, position - options.Window); at < position; at++)
                {
                    sums.Add(history[at], options.BackwardWeight * weight * distance[position - at]);
                }
            }
        }
    }

    private static (int Item, float Weight)[] Keep(int item, PairSums sums, Occurrences occurrences, CountsOptions options)
    {
        var source = Math.Pow(Math.Max(1, occurrences.CountOf(item)), -options.SourceExponent);
        var row = new List<(int Item, float Weight)>();
        foreach (var other in sums.Items())
        {
            if (other != item)
            {
                var weight = (float)(Math.Pow(sums[other], options.CountExponent) * source
                    * Math.Pow(occurrences.CountOf(other), -options.PopularityExponent));
                row.Add((other, weight));
            }
        }

        if (row.Count > options.NeighboursMax)
        {
            row.Sort((a, b) => b.Weight != a.Weight ? b.Weight.CompareTo(a.Weight) : a.Item.CompareTo(b.Item));
            row.RemoveRange(options.NeighboursMax, row.Count - options.NeighboursMax);
            row.Sort((a, b) => a.Item.CompareTo(b.Item));
        }

        return [.. row];
    }

    private static CountsModel Assemble((int Item, float Weight)[][] rows, Occurrences occurrences, CountsOptions options)
    {
        var start = new int[rows.Length + 1];
        for (var item = 0; item < rows.Length; item++)
        {
            start[item + 1] = checked(start[item] + rows[item].Length);
        }

        var neighbour = new int[start[^1]];
        var weight = new float[start[^1]];
        for (var item = 0; item < rows.Length; item++)
        {
            for (var at = 0; at < rows[item].Length; at++)
            {
                (neighbour[start[item] + at], weight[start[item] + at]) = rows[item][at];
            }
        }

        var popularity = Enumerable.Range(0, rows.Length).Select(occurrences.CountOf).ToArray();
        return new CountsModel(start, neighbour, weight, popularity, occurrences.Total, options);
    }
}
