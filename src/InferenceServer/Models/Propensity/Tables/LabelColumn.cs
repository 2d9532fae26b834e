using KpGrpc.InferenceServer.Import;

namespace KpGrpc.InferenceServer.Models.Propensity.Tables;

/// <summary>Reads which rows are positive.</summary>
internal static class LabelColumn
{
    /// <summary>Rows that each class needs, so that every fold of a cross validation inside another one has some.</summary>
    public const int RowsMin = 30;

    private static readonly HashSet<string> Yes = new(StringComparer.OrdinalIgnoreCase) { "1", "1.0", "true", "t", "yes", "y" };
    private static readonly HashSet<string> No = new(StringComparer.OrdinalIgnoreCase) { "0", "0.0", "-1", "false", "f", "no", "n" };

    /// <summary>Reads the labels of a text column: 1/0, true/false, yes/no, or two words of which <paramref name="positive"/> is one.</summary>
    /// <param name="column">The label column, read as text.</param>
    /// <param name="positive">The value that means positive; null = one of the usual words.</param>
    /// <returns>One label a row; null = missing.</returns>
    /// <exception cref="ImportException">The column holds something else, or too few rows of a class.</exception>
    public static bool?[] Read(TableColumn column, string? positive)
    {
        var meanings = column.Levels!.Select(level => positive is not null ? level == positive : Meaning(level)).ToArray();
        if (positive is not null && !column.Levels!.Contains(positive))
        {
            throw new ImportException($"--positive '{positive}' is no value of the label column '{column.Name}', which holds {Table.Listed(column.Levels!)}.");
        }

        if (meanings.Contains(null))
        {
            throw new ImportException(
                $"The label column '{column.Name}' must hold 1/0, true/false or yes/no; it holds {Table.Listed(column.Levels!)}. Name the value that means positive with --positive.");
        }

        bool?[] labels = [.. column.Values.Select(value => float.IsNaN(value) ? null : meanings[(int)value])];
        var (positives, negatives) = (labels.Count(label => label == true), labels.Count(label => label == false));
        return positives < RowsMin || negatives < RowsMin
            ? throw new ImportException(
                $"The label column '{column.Name}' has {positives} positive and {negatives} negative rows; a model needs at least {RowsMin} of each.")
            : labels;
    }

    private static bool? Meaning(string level) => Yes.Contains(level) ? true : No.Contains(level) ? false : null;
}
