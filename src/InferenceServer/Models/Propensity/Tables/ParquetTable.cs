using KpGrpc.InferenceServer.Import;
using Parquet;
using Parquet.Schema;

namespace KpGrpc.InferenceServer.Models.Propensity.Tables;

/// <summary>Reads a Parquet file of flat columns: numbers, booleans, dates and texts. Nested and binary columns are left out and reported.</summary>
internal static class ParquetTable
{
    /// <summary>Reads the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="textColumns">Columns that are text whatever they hold.</param>
    /// <param name="report">Takes a line for every column that is left out.</param>
    /// <param name="cancellationToken">Stops between two columns.</param>
    /// <exception cref="ImportException">The file cannot be read, holds no row, or is too large.</exception>
    public static async Task<Table> ReadAsync(string path, IReadOnlySet<string> textColumns, ImportReport report, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(path);
            await using var reader = await ParquetReader.CreateAsync(file, cancellationToken: cancellationToken);
            var rows = CountRows(reader);
            List<ParquetColumn> columns = [];
            foreach (var field in reader.Schema.Fields)
            {
                if (field is DataField { IsArray: false } flat && ParquetColumn.KindOf(flat.ClrType) is { } kind)
                {
                    columns.Add(new ParquetColumn(flat, textColumns.Contains(field.Name) ? ColumnKind.Text : kind, CsvTable.CheckedRows(path, rows, columns.Count + 1)));
                }
                else
                {
                    report.Reject(0, $"column '{field.Name}' is nested or binary and was left out");
                }
            }

            if (rows == 0 || columns.Count == 0)
            {
                throw new ImportException($"{path} holds no row with a flat column.");
            }

            CsvTable.Header(path, [.. columns.Select(column => column.Name)]);
            for (var group = 0; group < reader.RowGroupCount; group++)
            {
                using var part = reader.OpenRowGroupReader(group);
                foreach (var column in columns)
                {
                    await column.ReadAsync(part, cancellationToken);
                }
            }

            return new Table(path, [.. columns.Select(column => column.Build())]);
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or ParquetException or UnauthorizedAccessException or NotSupportedException
            or InvalidOperationException or ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            throw new ImportException($"{path} cannot be read as Parquet: {failure.Message}", failure); // a damaged file shows itself by any of these
        }
    }

    private static long CountRows(ParquetReader reader)
    {
        var rows = 0L;
        for (var group = 0; group < reader.RowGroupCount; group++)
        {
            using var part = reader.OpenRowGroupReader(group);
            rows += part.RowCount;
        }

        return rows;
    }
}
