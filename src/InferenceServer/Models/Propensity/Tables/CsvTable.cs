using KpGrpc.InferenceServer.Import;

namespace KpGrpc.InferenceServer.Models.Propensity.Tables;

/// <summary>
/// Reads a CSV with a header, plain or gzipped, in two passes: the first finds out what each column holds, the second fills
/// it, so that memory is 4 bytes a cell. Fields may be separated by comma, semicolon or tab. Malformed rows are left out and
/// reported.
/// </summary>
internal static class CsvTable
{
    private static readonly char[] Separators = [',', ';', '\t'];

    /// <summary>Reads the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="textColumns">Columns that are text whatever they hold.</param>
    /// <param name="report">Takes the malformed rows.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <exception cref="ImportException">The file cannot be read, has no header or no row, or is too large.</exception>
    public static Table Read(string path, IReadOnlySet<string> textColumns, ImportReport report, CancellationToken cancellationToken)
    {
        var separator = SeparatorOf(path);
        string[]? names = null;
        ColumnProbe[] probes = [];
        var rows = 0;
        foreach (var (line, fields) in CsvRecords.Read(InputLines.Read(path, report), report, separator))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (names is null)
            {
                names = Header(path, fields);
                probes = [.. names.Select(name => new ColumnProbe(textColumns.Contains(name)))];
            }
            else if (fields.Count != names.Length)
            {
                report.Reject(line, $"{fields.Count} fields instead of the header's {names.Length}");
            }
            else
            {
                for (var at = 0; at < names.Length; at++)
                {
                    probes[at].Add(fields[at]);
                }

                report.Accept();
                rows = CheckedRows(path, rows + 1, names.Length);
            }
        }

        return names is null || rows == 0
            ? throw new ImportException($"{path} holds no row below a header{(report.Malformed > 0 ? $" ({report.Malformed} malformed ones; the first: {report.Listed[0]})" : "")}.")
            : Fill(path, names, probes, rows, separator, cancellationToken);
    }

    /// <summary>Refuses a table that is larger than <see cref="Table.CellsMax"/>.</summary>
    public static int CheckedRows(string path, long rows, int columns) => rows * columns <= Table.CellsMax && rows < int.MaxValue
        ? (int)rows
        : throw new ImportException($"{path} has more than {Table.CellsMax:N0} cells; take a sample of its rows.");

    /// <summary>The column names: unique, and not more than <see cref="Table.ColumnsMax"/>; nameless ones are called by their place.</summary>
    public static string[] Header(string path, IReadOnlyList<string> fields)
    {
        if (fields.Count > Table.ColumnsMax)
        {
            throw new ImportException($"{path} has {fields.Count} columns; at most {Table.ColumnsMax} are taken.");
        }

        string[] names = [.. fields.Select((field, at) => field.Trim() is { Length: > 0 } name ? name : $"column_{at + 1}")];
        return names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new ImportException($"{path} has {twice.Count()} columns named '{twice.Key}'; rename them.")
            : names;
    }

    private static Table Fill(string path, string[] names, ColumnProbe[] probes, int rows, char separator, CancellationToken cancellationToken)
    {
        var builders = names.Select((name, at) => new ColumnBuilder(name, probes[at].Kind, rows)).ToArray();
        var again = new ImportReport(path);
        var header = true;
        foreach (var (_, fields) in CsvRecords.Read(InputLines.Read(path, again), again, separator))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!header && fields.Count == names.Length)
            {
                for (var at = 0; at < names.Length; at++)
                {
                    builders[at].Add(fields[at]);
                }
            }

            header = false;
        }

        return new Table(path, [.. builders.Select((builder, at) => builder.Build(probes[at].IsKey))]);
    }

    /// <summary>The separator that stands most often in the first line.</summary>
    private static char SeparatorOf(string path)
    {
        var first = InputLines.Read(path, new ImportReport(path)).Select(line => line.Text).FirstOrDefault(text => text.Length > 0) ?? "";
        return Separators.MaxBy(separator => first.AsSpan().Count(separator));
    }
}
