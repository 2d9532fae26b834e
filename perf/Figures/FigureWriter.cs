using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace KpGrpc.Perf.Figures;

/// <summary>
/// Writes figures as JSON Lines, one object a line:
/// <c>{"name","metric","value","unit","peer","ratio","machine","commit","at"}</c>, absent fields left out.
/// The file is replaced as a whole: it holds the figures of one run. Not thread-safe.
/// </summary>
/// <param name="environment">Machine and commit, written with every figure.</param>
/// <param name="time">Clock for the field <c>at</c> (UTC, ISO 8601, whole seconds).</param>
public sealed class FigureWriter(RunEnvironment environment, TimeProvider time)
{
    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Writes <paramref name="figures"/> to <paramref name="path"/>, creating its folder. The old file is replaced
    /// only once the new one is complete.
    /// </summary>
    /// <param name="path">File to write, usually <c>perf/results/&lt;verb&gt;.jsonl</c>.</param>
    /// <param name="figures">The figures, in the order in which they are written.</param>
    /// <exception cref="ArgumentException">A value or ratio is not finite, or a name or metric is empty.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void WriteFile(string path, IEnumerable<Figure> figures)
    {
        var text = Format(figures);
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var unfinished = full + ".tmp";
        File.WriteAllText(unfinished, text);
        File.Move(unfinished, full, overwrite: true);
    }

    /// <summary>The JSON Lines text of <paramref name="figures"/>: UTF-8 safe, every line ended by <c>\n</c>.</summary>
    /// <exception cref="ArgumentException">A value or ratio is not finite, or a name or metric is empty.</exception>
    public string Format(IEnumerable<Figure> figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        var at = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var lines = new StringBuilder();
        foreach (var figure in figures)
        {
            lines.Append(FormatLine(figure, at)).Append('\n');
        }

        return lines.ToString();
    }

    private string FormatLine(Figure figure, string at)
    {
        Validate(figure);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonOptions))
        {
            json.WriteStartObject();
            json.WriteString("name", figure.Name);
            json.WriteString("metric", figure.Metric);
            json.WriteNumber("value", figure.Value);
            WriteIfPresent(json, "unit", figure.Unit);
            WriteIfPresent(json, "peer", figure.Peer);
            if (figure.Ratio is { } ratio)
            {
                json.WriteNumber("ratio", ratio);
            }

            json.WriteString("machine", environment.Machine);
            WriteIfPresent(json, "commit", environment.Commit);
            json.WriteString("at", at);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Validate(Figure figure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(figure.Name);
        ArgumentException.ThrowIfNullOrWhiteSpace(figure.Metric);
        if (!double.IsFinite(figure.Value) || figure.Ratio is { } ratio && !double.IsFinite(ratio))
        {
            throw new ArgumentException($"The figure {figure.Name} {figure.Metric} is not a finite number.", nameof(figure));
        }
    }

    private static void WriteIfPresent(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
