using KpGrpc.InferenceServer.Events;

namespace KpGrpc.InferenceServer.Import;

/// <summary>Streams a behaviour history from a file. A malformed row is reported and left out; it never ends the import.</summary>
internal static class HistoryReader
{
    private const int ProbeLines = 20;

    /// <summary>The file's rows in its own order.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">How it is written.</param>
    /// <param name="defaultKind">What happened where the file does not say.</param>
    /// <param name="report">Counts rows and lists faults.</param>
    /// <exception cref="ImportException">The file cannot be read, or its header lacks a needed column.</exception>
    public static IEnumerable<HistoryRow> Read(string path, HistoryFormat format, EventKind defaultKind, ImportReport report)
    {
        var resolved = format == HistoryFormat.Auto ? Detect(path) : format;
        var lines = InputLines.Read(path, report);
        return resolved switch
        {
            HistoryFormat.Csv => TabularHistory.Read(path, CsvRecords.Read(lines, report), defaultKind, report),
            HistoryFormat.RecBole => TabularHistory.Read(path, TabRecords(lines), defaultKind, report),
            HistoryFormat.JsonLines => JsonHistory.Read(lines, defaultKind, report),
            HistoryFormat.Pairs => TokenHistory.ReadPairs(lines, defaultKind, report),
            HistoryFormat.Sequences => TokenHistory.ReadSequences(lines, defaultKind, report),
            _ => throw new ImportException($"{path}: the format {resolved} is unknown."),
        };
    }

    /// <summary>Tells a format from the file's name, and where that says nothing from its first lines.</summary>
    /// <exception cref="ImportException">The file cannot be read.</exception>
    public static HistoryFormat Detect(string path)
    {
        var first = InputLines.Read(path, new ImportReport(path)).Where(line => line.Text.Length > 0).Take(ProbeLines).ToList();
        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".CSV" => HistoryFormat.Csv,
            ".JSONL" or ".NDJSON" => HistoryFormat.JsonLines,
            ".INTER" => HistoryFormat.RecBole,
            _ when first.Count == 0 => HistoryFormat.Pairs,
            _ when first[0].Text.StartsWith('{') => HistoryFormat.JsonLines,
            _ when first[0].Text.Contains(":token", StringComparison.Ordinal) => HistoryFormat.RecBole,
            _ when first[0].Text.Contains(',', StringComparison.Ordinal) => HistoryFormat.Csv,
            _ when first.Any(line => TokenHistory.Tokens(line.Text).Length > 2) => HistoryFormat.Sequences,
            _ => HistoryFormat.Pairs,
        };
    }

    private static IEnumerable<(long Line, List<string> Fields)> TabRecords(IEnumerable<InputLine> lines) =>
        lines.Where(line => line.Text.Length > 0).Select(line => (line.Number, line.Text.Split('\t').ToList()));
}
