namespace KpGrpc.InferenceServer.Models.Propensity.Tables;

/// <summary>Finds out what a column of texts holds, cell by cell. Not thread-safe.</summary>
/// <param name="asText">The column is text whatever it holds: labels, groups and identifiers.</param>
internal sealed class ColumnProbe(bool asText)
{
    private bool numbers = !asText;
    private bool dates = !asText;
    private bool seen;
    private HashSet<string>? different = [];

    /// <summary>What the cells so far are; a column without a value holds numbers.</summary>
    public ColumnKind Kind => asText ? ColumnKind.Text : !seen || numbers ? ColumnKind.Number : dates ? ColumnKind.Date : ColumnKind.Text;

    /// <summary>See <see cref="TableColumn.IsKey"/>.</summary>
    public bool IsKey => seen && different is not null && Kind != ColumnKind.Date;

    /// <summary>Takes one cell in.</summary>
    public void Add(string text)
    {
        if (CellText.IsMissing(text))
        {
            different = null;
            return;
        }

        seen = true;
        var value = 0.0;
        numbers = numbers && CellText.TryNumber(text, out value);
        dates = dates && CellText.TryDate(text, out _);
        if (different is not null && (numbers && value != Math.Floor(value) || !different.Add(text)))
        {
            different = null; // a repeated value is met early in almost every column, and the set goes
        }
    }
}
