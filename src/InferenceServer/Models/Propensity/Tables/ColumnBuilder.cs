using KpGrpc.InferenceServer.Import;

namespace KpGrpc.InferenceServer.Models.Propensity.Tables;

/// <summary>Collects the cells of one column. Not thread-safe.</summary>
internal sealed class ColumnBuilder(string name, ColumnKind kind, int rows)
{
    private readonly Dictionary<string, int> index = [];
    private readonly List<string> levels = [];
    private readonly float[] values = new float[rows];
    private int count;

    /// <summary>Appends a text.</summary>
    public void Add(string text)
    {
        var value = double.NaN;
        if (!CellText.IsMissing(text))
        {
            _ = kind switch
            {
                ColumnKind.Number => CellText.TryNumber(text, out value),
                ColumnKind.Date => CellText.TryDate(text, out value),
                _ => Level(text.Trim(), out value),
            };
        }

        values[count++] = double.IsNaN(value) ? float.NaN : CellText.ToFloat(value);
    }

    /// <summary>Appends a number; one that is not finite is missing.</summary>
    public void Add(double value) => values[count++] = double.IsFinite(value) ? CellText.ToFloat(value) : float.NaN;

    /// <summary>The finished column, as long as it was filled.</summary>
    public TableColumn Build(bool isKey) =>
        new(name, kind, count == values.Length ? values : values[..count], kind == ColumnKind.Text ? levels : null, isKey && count > 1);

    private bool Level(string text, out double value)
    {
        if (!index.TryGetValue(text, out var at))
        {
            if (levels.Count == Table.LevelsMax)
            {
                throw new ImportException($"Column '{name}' holds more than {Table.LevelsMax} different texts; leave it out of the file.");
            }

            at = levels.Count;
            index.Add(text, at);
            levels.Add(text);
        }

        value = at;
        return true;
    }
}
