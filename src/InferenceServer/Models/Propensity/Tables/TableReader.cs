using KpGrpc.InferenceServer.Import;

namespace KpGrpc.InferenceServer.Models.Propensity.Tables;

/// <summary>Reads a table of any supported format, told by the file's first bytes.</summary>
internal static class TableReader
{
    private static ReadOnlySpan<byte> ParquetMagic => "PAR1"u8;

    /// <summary>Reads a CSV, a gzipped CSV or a Parquet file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="textColumns">Columns that are text whatever they hold: labels, groups and identifiers.</param>
    /// <param name="report">Takes malformed rows.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ImportException">The file cannot be read; the message says why.</exception>
    public static Task<Table> ReadAsync(string path, IReadOnlySet<string> textColumns, ImportReport report, CancellationToken cancellationToken) =>
        IsParquet(path)
            ? ParquetTable.ReadAsync(path, textColumns, report, cancellationToken)
            : Task.FromResult(CsvTable.Read(path, textColumns, report, cancellationToken));

    private static bool IsParquet(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var start = new byte[ParquetMagic.Length];
            return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && ParquetMagic.SequenceEqual(start);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ImportException($"{path} cannot be read: {failure.Message}", failure);
        }
    }
}
