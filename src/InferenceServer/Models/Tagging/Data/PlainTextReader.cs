using System.Buffers;
using System.Text.Json;
using KpGrpc.InferenceServer.Import;

namespace KpGrpc.InferenceServer.Models.Tagging.Data;

/// <summary>
/// Texts without tags for the masked language model: the lines of a text file, the field <c>text</c> of JSON Lines, or the
/// columns of a CSV catalogue that hold prose (name, title, about, description, text). Long ones are cut into pieces.
/// </summary>
internal static class PlainTextReader
{
    /// <summary>Pieces are at most this long, in UTF-16 units: about what a sequence holds, and cheap to attend over.</summary>
    public const int PieceLengthMax = 60;

    private const int PieceLengthMin = 8;

    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create("。！？；.!?;");

    private static readonly string[] ProseColumns = ["name", "title", "about", "description", "text"];

    /// <summary>The pieces of a file, in order.</summary>
    /// <exception cref="ImportException">The file cannot be read.</exception>
    public static IEnumerable<string> Read(string path, ImportReport report)
    {
        var lines = InputLines.Read(path, report);
        var texts = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".JSONL" => OfJson(lines, report),
            ".CSV" => OfCsv(lines, report),
            _ => lines.Select(line => line.Text),
        };
        return texts.SelectMany(Pieces);
    }

    /// <summary>Cuts at the end of a sentence where there is one in the piece's second half, else where the piece is full.</summary>
    private static IEnumerable<string> Pieces(string text)
    {
        var from = 0;
        while (text.Length - from >= PieceLengthMin)
        {
            var length = Math.Min(PieceLengthMax, text.Length - from);
            if (from + length < text.Length)
            {
                var stop = text.AsSpan(from, length).LastIndexOfAny(SentenceEnds);
                length = stop >= length / 2 ? stop + 1 : length;
                length -= char.IsHighSurrogate(text[from + length - 1]) ? 1 : 0;
            }

            yield return text.Substring(from, length);
            from += length;
        }
    }

    private static IEnumerable<string> OfJson(IEnumerable<InputLine> lines, ImportReport report)
    {
        foreach (var line in lines.Where(line => !line.Text.AsSpan().Trim().IsEmpty))
        {
            if (TextOf(line.Text) is { } text)
            {
                report.Accept();
                yield return text;
            }
            else
            {
                report.Reject(line.Number, "the line is no JSON object with a string 'text'");
            }
        }
    }

    private static string? TextOf(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("text", out var text)
                && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<string> OfCsv(IEnumerable<InputLine> lines, ImportReport report)
    {
        int[]? columns = null;
        foreach (var (line, fields) in CsvRecords.Read(lines, report))
        {
            if (columns is null)
            {
                columns = [.. Enumerable.Range(0, fields.Count).Where(at => ProseColumns.Contains(fields[at].Trim(), StringComparer.OrdinalIgnoreCase))];
                if (columns.Length == 0)
                {
                    throw new ImportException($"line {line}: the CSV has no column of prose; one of {string.Join(", ", ProseColumns)} is read.");
                }

                continue;
            }

            report.Accept();
            foreach (var column in columns.Where(column => column < fields.Count))
            {
                yield return fields[column];
            }
        }
    }
}
