using Parquet;
using Parquet.Schema;

namespace KpGrpc.InferenceServer.Export;

/// <summary>Writes events as a Parquet file, Zstandard-compressed, in row groups that memory can hold.</summary>
internal static class EventParquet
{
    private const int GroupRows = 100_000;

    /// <summary>Writes the file; it stands under its name only once it is whole.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="rows">Read once.</param>
    /// <param name="progress">Told of the rows written so far.</param>
    /// <param name="cancellationToken">Stops between two row groups.</param>
    /// <returns>Rows written.</returns>
    /// <exception cref="IOException">The disk refused.</exception>
    public static async Task<long> WriteAsync(string path, IEnumerable<EventRow> rows, Action<long> progress, CancellationToken cancellationToken)
    {
        var part = $"{path}.part";
        var written = 0L;
        try
        {
            await using (var file = new FileStream(part, FileMode.Create, FileAccess.ReadWrite))
            {
                var schema = new ParquetSchema(EventColumn.All.Select(column => column.Field));
                var options = new ParquetOptions { CompressionMethod = CompressionMethod.Zstd };
                await using (var writer = await ParquetWriter.CreateAsync(schema, file, options, cancellationToken: cancellationToken))
                {
                    foreach (var group in rows.Chunk(GroupRows))
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        await WriteGroupAsync(writer, group, cancellationToken);
                        progress(written += group.Length);
                    }
                }

                file.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite: true);
            return written;
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static async Task WriteGroupAsync(ParquetWriter writer, EventRow[] rows, CancellationToken cancellationToken)
    {
        using var group = writer.CreateRowGroup();
        foreach (var column in EventColumn.All)
        {
            await column.WriteAsync(group, rows, cancellationToken);
        }

        group.CompleteValidate();
    }
}
