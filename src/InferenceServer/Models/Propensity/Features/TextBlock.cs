using System.Text.Json.Serialization;
using KpGrpc.InferenceServer.Models.Propensity.Tables;

namespace KpGrpc.InferenceServer.Models.Propensity.Features;

/// <summary>
/// A text column: 1 or 0 for each of its most frequent levels, and how frequent the row's level was in training. Texts
/// that training did not meet have frequency 0.
/// </summary>
/// <param name="Column">The column.</param>
/// <param name="Levels">Levels with a feature of their own, most frequent first.</param>
/// <param name="Shares">Share of the training rows of every level that is kept.</param>
internal sealed record TextBlock(string Column, IReadOnlyList<string> Levels, IReadOnlyDictionary<string, float> Shares) : IFeatureBlock
{
    private const int LevelsMax = 16;
    private const int SharesMax = 10_000;

    /// <inheritdoc />
    [JsonIgnore]
    public IEnumerable<string> Inputs => [Column];

    /// <inheritdoc />
    [JsonIgnore]
    public IReadOnlyList<string> Names { get; } = [.. Levels.Select(level => $"{Column}={level}"), $"{Column}.frequency"];

    /// <summary>Learns the levels of a column.</summary>
    public static TextBlock Of(TableColumn column)
    {
        var counts = new int[column.Levels!.Count];
        foreach (var value in column.Values)
        {
            if (!float.IsNaN(value))
            {
                counts[(int)value]++;
            }
        }

        var frequent = Enumerable.Range(0, counts.Length).OrderByDescending(level => counts[level]).ThenBy(level => column.Levels[level], StringComparer.Ordinal)
            .Take(SharesMax).ToList();
        return new TextBlock(
            column.Name,
            [.. frequent.Take(LevelsMax).Select(level => column.Levels[level])],
            frequent.ToDictionary(level => column.Levels[level], level => (float)counts[level] / column.Values.Length));
    }

    /// <inheritdoc />
    public void Fill(Table table, FeatureMatrix matrix, int offset)
    {
        var column = Checked.Of(table, Column, ColumnKind.Text);
        var known = column.Levels ?? [];
        int[] own = [.. known.Select(level => Levels.ToList().IndexOf(level))];
        float[] shares = [.. known.Select(level => Shares.GetValueOrDefault(level))];
        for (var row = 0; row < column.Values.Length; row++)
        {
            var features = matrix.Row(row).Slice(offset, Levels.Count + 1);
            features[^1] = float.NaN;
            if (!float.IsNaN(column.Values[row]))
            {
                var level = (int)column.Values[row];
                features[^1] = shares[level];
                if (own[level] >= 0)
                {
                    features[own[level]] = 1;
                }
            }
        }
    }
}
