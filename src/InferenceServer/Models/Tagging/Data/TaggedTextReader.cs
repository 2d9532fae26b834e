using KpGrpc.InferenceServer.Import;

namespace KpGrpc.InferenceServer.Models.Tagging.Data;

/// <summary>Reads tagged texts of every known format; bad lines are reported and left out.</summary>
internal static class TaggedTextReader
{
    /// <summary>Most texts read from one file.</summary>
    public const int TextsMax = 5_000_000;

    /// <summary>The texts of a file, in order.</summary>
    /// <param name="path">The file, UTF-8.</param>
    /// <param name="format">How it is written.</param>
    /// <param name="report">Gets what was read and what was not.</param>
    /// <exception cref="ImportException">The file cannot be read, or holds no text at all.</exception>
    public static List<TaggedText> Read(string path, TaggedFormat format, ImportReport report)
    {
        var known = format == TaggedFormat.Auto ? Detect(path) : format;
        var lines = InputLines.Read(path, report);
        var texts = (known == TaggedFormat.Cluener ? CluenerLines.Read(lines, report) : TagColumns.Read(lines, known, report)).Take(TextsMax).ToList();
        return texts.Count > 0
            ? texts
            : throw new ImportException(
                $"{path} holds no tagged text in the format {known}{(report.Listed.Count > 0 ? $" ({report.Listed[0]})" : "")}; --format says how it is written.");
    }

    private static TaggedFormat Detect(string path)
    {
        var first = InputLines.Read(path, new ImportReport(path)).FirstOrDefault(line => line.Text.AsSpan().Trim().Length > 0).Text;
        return first switch
        {
            null => throw new ImportException($"{path} is empty."),
            _ when first.TrimStart().StartsWith('{') => TaggedFormat.Cluener,
            _ => TaggedFormat.Bmes, // reads BIO as well; only Bio itself is strict about tags
        };
    }
}
