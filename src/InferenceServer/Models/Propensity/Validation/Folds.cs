using KpGrpc.InferenceServer.Import;

namespace KpGrpc.InferenceServer.Models.Propensity.Validation;

/// <summary>Divides rows into parts, each of which is left out once. Deterministic for a seed.</summary>
internal static class Folds
{
    /// <summary>Stratified by label: every fold has the same share of positives to within one row.</summary>
    /// <returns>The fold of each row, 0 to <paramref name="count"/> − 1.</returns>
    public static int[] ByRow(ReadOnlySpan<bool> labels, int count, int seed)
    {
        var order = new int[labels.Length];
        for (var row = 0; row < order.Length; row++)
        {
            order[row] = row;
        }

        new Random(seed).Shuffle(order);
        var folds = new int[labels.Length];
        var (positives, negatives) = (0, 0);
        foreach (var row in order)
        {
            folds[row] = (labels[row] ? positives++ : negatives++) % count;
        }

        return folds;
    }

    /// <summary>All rows of a group are in one fold: groups by falling size, each into the fold that has the fewest rows.</summary>
    /// <param name="groups">Group of each row, from 0.</param>
    /// <param name="count">Number of folds.</param>
    /// <param name="seed">Decides among groups of equal size.</param>
    /// <exception cref="ImportException">There are fewer groups than folds.</exception>
    public static int[] ByGroup(ReadOnlySpan<int> groups, int count, int seed)
    {
        var sizes = new Dictionary<int, int>();
        foreach (var group in groups)
        {
            sizes[group] = sizes.GetValueOrDefault(group) + 1;
        }

        if (sizes.Count < count)
        {
            throw new ImportException($"The data has {sizes.Count} groups; to leave groups out in {count} parts takes as many.");
        }

        var names = sizes.Keys.Order().ToArray();
        new Random(seed).Shuffle(names);
        var filled = new long[count];
        var foldOf = new Dictionary<int, int>();
        foreach (var group in names.OrderByDescending(name => sizes[name]))
        {
            var fold = Array.IndexOf(filled, filled.Min());
            foldOf[group] = fold;
            filled[fold] += sizes[group];
        }

        var folds = new int[groups.Length];
        for (var row = 0; row < folds.Length; row++)
        {
            folds[row] = foldOf[groups[row]];
        }

        return folds;
    }

    /// <summary>Rows of a fold, or all others, in rising order.</summary>
    public static int[] Rows(ReadOnlySpan<int> folds, int fold, bool inside)
    {
        var rows = new List<int>();
        for (var row = 0; row < folds.Length; row++)
        {
            if ((folds[row] == fold) == inside)
            {
                rows.Add(row);
            }
        }

        return [.. rows];
    }
}
