using KpGrpc.InferenceServer.Import;

namespace KpGrpc.InferenceServer.Models.Propensity.Tables;

/// <summary>A data set in memory, column by column.</summary>
internal sealed class Table
{
    /// <summary>Most columns of a file.</summary>
    public const int ColumnsMax = 20_000;

    /// <summary>Most cells (rows × columns), at 4 bytes each.</summary>
    public const long CellsMax = 1_000_000_000;

    /// <summary>Different texts that one column may hold.</summary>
    public const int LevelsMax = 10_000_000; // below 2^24, so that a float tells them apart

    private readonly Dictionary<string, TableColumn> byName;

    /// <summary>Makes a table of columns of one length.</summary>
    public Table(string source, IReadOnlyList<TableColumn> columns)
    {
        Source = source;
        Columns = columns;
        Rows = columns.Count > 0 ? columns[0].Values.Length : 0;
        byName = columns.ToDictionary(column => column.Name);
    }

    /// <summary>Where it came from, for messages.</summary>
    public string Source { get; }

    /// <summary>The columns in the file's order.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>The column of a name, or null.</summary>
    public TableColumn? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>The column of a name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="option">Who asks, for the message, such as <c>--label</c>.</param>
    /// <exception cref="ImportException">There is none; the message lists those there are.</exception>
    public TableColumn Get(string name, string option) => Find(name) ?? throw new ImportException(
        $"{option}: {Source} has no column '{name}'. Its columns are {Listed(Columns.Select(column => column.Name))}.");

    /// <summary>The first of some names, and how many more there are.</summary>
    public static string Listed(IEnumerable<string> names)
    {
        const int shown = 12;
        var all = names.ToList();
        return string.Join(", ", all.Take(shown)) + (all.Count > shown ? $" and {all.Count - shown} more" : "");
    }

    /// <summary>The table of some rows.</summary>
    public Table Take(IReadOnlyList<int> rows) => new(
        Source, [.. Columns.Select(column => column with { Values = [.. rows.Select(row => column.Values[row])] })]);
}
