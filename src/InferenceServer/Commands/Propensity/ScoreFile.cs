using System.Globalization;
using System.IO.Compression;
using System.Text;
using KpGrpc.InferenceServer.Import;
using Parquet;
using Parquet.Schema;

namespace KpGrpc.InferenceServer.Commands.Propensity;

/// <summary>Writes scores as CSV, gzipped CSV or Parquet, as the file's name says.</summary>
internal static class ScoreFile
{
    private const string Probability = "probability";
    private const string Reasons = "reasons";
    private const int GroupRows = 100_000;

    /// <summary>Writes the file, replacing an old one only once the new one is complete.</summary>
    /// <exception cref="ImportException">It cannot be written.</exception>
    public static async Task WriteAsync(string path, ScoreTable scores, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var unfinished = path + ".tmp";
            await using (var file = File.Create(unfinished))
            {
                if (path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase))
                {
                    await WriteParquetAsync(file, scores, cancellationToken);
                }
                else
                {
                    await using Stream target = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionLevel.Fastest) : file;
                    await WriteCsvAsync(target, scores, cancellationToken);
                }
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ImportException($"{path} cannot be written: {failure.Message}", failure);
        }
    }

    private static async Task WriteCsvAsync(Stream target, ScoreTable scores, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(target, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        IEnumerable<string> header = [.. scores.Ids.Select(id => Quoted(id.Name)), Probability, .. scores.Reasons is null ? Array.Empty<string>() : [Reasons]];
        await writer.WriteAsync(string.Join(',', header) + "\n");
        for (var row = 0; row < scores.Probabilities.Length; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var at = row;
            IEnumerable<string> fields =
            [
                .. scores.Ids.Select(id => Quoted(id.Values[at])),
                scores.Probabilities[row].ToString("R", CultureInfo.InvariantCulture),
                .. scores.Reasons is null ? Array.Empty<string>() : [Quoted(scores.Reasons[row])],
            ];
            await writer.WriteAsync(string.Join(',', fields) + "\n");
        }
    }

    private static async Task WriteParquetAsync(Stream file, ScoreTable scores, CancellationToken cancellationToken)
    {
        List<(DataField Field, string[] Values)> texts = [.. scores.Ids.Select(id => (new DataField<string>(id.Name), id.Values))];
        if (scores.Reasons is not null)
        {
            texts.Add((new DataField<string>(Reasons), scores.Reasons));
        }

        var probability = new DataField<double>(Probability);
        await using var writer = await ParquetWriter.CreateAsync(
            new ParquetSchema([.. texts.Select(text => text.Field), probability]), file, cancellationToken: cancellationToken);
        for (var from = 0; from < scores.Probabilities.Length; from += GroupRows)
        {
            var to = Math.Min(scores.Probabilities.Length, from + GroupRows);
            using var group = writer.CreateRowGroup();
            foreach (var (field, values) in texts)
            {
                await group.WriteAsync(field, values[from..to]);
            }

            await group.WriteAsync<double>(probability, scores.Probabilities.AsMemory(from..to), cancellationToken: cancellationToken);
            group.CompleteValidate();
        }
    }

    private static string Quoted(string field) =>
        field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
