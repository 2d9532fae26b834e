using CsvHelper;

namespace KpGrpc.Demo.Data;

/// <summary>A CSV file (RFC 4180) with a header, read row by row.</summary>
internal static class CsvTable
{
    /// <summary>The rows of a file as look-ups by column name.</summary>
    /// <param name="path">The file, UTF-8.</param>
    /// <param name="columns">Columns that must be there.</param>
    /// <exception cref="DemoException">The file cannot be read, a column is missing, or the text is no CSV.</exception>
    public static List<IReadOnlyDictionary<string, string>> Read(string path, params string[] columns)
    {
        try
        {
            using var csv = CsvReader.Create(File.OpenRead(path), CsvReaderOptions.Default with { Separator = ',' }, leaveOpen: false);
            csv.ReadHeader();
            if (columns.Where(column => !csv.TryGetFieldIndex(column, out _)).ToArray() is { Length: > 0 } missing)
            {
                throw new DemoException($"{path} lacks the column {string.Join(", ", missing)}");
            }

            var rows = new List<IReadOnlyDictionary<string, string>>();
            while (csv.Read())
            {
                rows.Add(columns.ToDictionary(column => column, csv.GetString));
            }

            return rows;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CsvFormatException)
        {
            throw new DemoException($"{path} cannot be read: {failure.Message.ReplaceLineEndings(" ")}", failure);
        }
    }
}
