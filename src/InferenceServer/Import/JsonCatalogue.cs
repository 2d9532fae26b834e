using System.Globalization;
using System.Text.Json;
using KpGrpc.InferenceServer.Catalog;

namespace KpGrpc.InferenceServer.Import;

/// <summary>
/// Catalogues as JSON Lines: <c>{"work_id", "titles": {"zh": …}, "descriptions": {…}, "field", "kind", "level", "language",
/// "producer_id", "categories": […], "tags": […], "duration_minutes", "price": {"minor_units", "currency_code", "exponent"},
/// "published", "published_at"}</c>. Required: work_id and titles. Unknown names are passed over.
/// </summary>
internal static class JsonCatalogue
{
    /// <summary>The works of the lines; empty lines are passed over.</summary>
    public static IEnumerable<CatalogueRow> Read(IEnumerable<InputLine> lines, ImportReport report)
    {
        foreach (var (number, text) in lines.Where(line => !string.IsNullOrWhiteSpace(line.Text)))
        {
            CatalogueRow? row = null;
            try
            {
                using var document = JsonDocument.Parse(text);
                row = Parse(document.RootElement);
            }
            catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
            {
                // A wrong type or a missing name; the parser's own words may quote the row, so they are not passed on.
                report.Reject(number, "the line is no work: work_id and titles are required, and every value must have its documented type");
            }

            if (row is not null)
            {
                report.Accept();
                yield return row;
            }
        }
    }

    private static CatalogueRow Parse(JsonElement json)
    {
        var price = json.TryGetProperty("price", out var amount)
            ? new Price(amount.GetProperty("minor_units").GetInt64(), amount.GetProperty("currency_code").GetString()!, amount.GetProperty("exponent").GetUInt32())
            : new Price(0, "CNY", 2);
        var titles = Texts(json, "titles");
        return new CatalogueRow
        {
            WorkId = json.GetProperty("work_id").GetString() ?? throw new FormatException(),
            Titles = titles.Count > 0 ? titles : throw new FormatException(),
            Descriptions = Texts(json, "descriptions"),
            Field = Text(json, "field", "other"),
            Kind = Text(json, "kind", "course"),
            Level = Text(json, "level", ""),
            Language = Text(json, "language", titles[0].Language),
            ProducerId = Text(json, "producer_id", "unknown"),
            Categories = List(json, "categories"),
            Tags = List(json, "tags"),
            DurationMinutes = json.TryGetProperty("duration_minutes", out var minutes) ? minutes.GetInt32() : null,
            Price = price,
            Published = !json.TryGetProperty("published", out var published) || published.GetBoolean(),
            PublishedAt = Text(json, "published_at", "") is { Length: > 0 } date
                ? DateTimeOffset.Parse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
                : null,
        };
    }

    private static List<(string Language, string Text)> Texts(JsonElement json, string name) =>
        json.TryGetProperty(name, out var texts)
            ? [.. texts.EnumerateObject().Select(entry => (entry.Name, entry.Value.GetString() ?? ""))]
            : [];

    private static string Text(JsonElement json, string name, string absent) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetString()! : absent;

    private static List<string> List(JsonElement json, string name) =>
        json.TryGetProperty(name, out var values) ? [.. values.EnumerateArray().Select(value => value.GetString() ?? "")] : [];
}
