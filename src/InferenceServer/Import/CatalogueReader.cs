namespace KpGrpc.InferenceServer.Import;

/// <summary>
/// Streams a catalogue from a file. JSON Lines (<c>.jsonl</c>, <c>.ndjson</c>, or a first line that begins with a brace)
/// see <see cref="JsonCatalogue"/>; everything else is CSV, see <see cref="CsvCatalogue"/>. A malformed row is reported
/// and left out.
/// </summary>
internal static class CatalogueReader
{
    /// <summary>The file's works in its own order.</summary>
    /// <exception cref="ImportException">The file cannot be read, or its header is unknown.</exception>
    public static IEnumerable<CatalogueRow> Read(string path, ImportReport report)
    {
        var json = Path.GetExtension(path).ToUpperInvariant() is ".JSONL" or ".NDJSON"
            || InputLines.Read(path, new ImportReport(path)).FirstOrDefault(line => line.Text.Length > 0).Text?.StartsWith('{') == true;
        var lines = InputLines.Read(path, report);
        return json ? JsonCatalogue.Read(lines, report) : CsvCatalogue.Read(path, CsvRecords.Read(lines, report), report);
    }
}
