using System.Globalization;
using KpGrpc.InferenceServer.Catalog;

namespace KpGrpc.InferenceServer.Import;

/// <summary>
/// Catalogues as CSV under a header. Our names: <c>work_id, title, description</c> (or <c>title:zh, title:en,
/// description:zh …</c>), <c>field, kind, level, language, producer_id, categories, tags, duration_minutes, price_minor,
/// currency, exponent, published, published_at</c>; lists are separated by <c>|</c>. Required: work_id and a title.
/// MOOCCubeX's <c>courses.csv</c> (<c>original_id, mapped_id, name, about, prerequisites, fields, schools, key_concepts</c>)
/// is taken too; its mapped_id, which its enrolments use, becomes the work_id.
/// </summary>
internal static class CsvCatalogue
{
    private const string ListSeparator = "|";

    /// <summary>The works of the records after the header.</summary>
    /// <exception cref="ImportException">The header has neither work_id nor mapped_id.</exception>
    public static IEnumerable<CatalogueRow> Read(string path, IEnumerable<(long Line, List<string> Fields)> records, ImportReport report)
    {
        List<string>? header = null;
        foreach (var (line, fields) in records)
        {
            if (header is null)
            {
                header = fields.ConvertAll(name => name.Trim().ToLowerInvariant());
                if (!header.Contains("work_id") && !header.Contains("mapped_id"))
                {
                    throw new ImportException($"{path}:1: the header must name work_id (or, for MOOCCubeX, mapped_id).");
                }

                continue;
            }

            if (fields.Count != header.Count)
            {
                report.Reject(line, $"{fields.Count} columns where the header has {header.Count}");
                continue;
            }

            var row = new Record(header, fields);
            if ((header.Contains("mapped_id") ? MoocCubeX(row) : Own(row)) is not { } work)
            {
                report.Reject(line, "work_id and a title are required; numbers, truth values and times must be written as documented");
                continue;
            }

            report.Accept();
            yield return work;
        }
    }

    private static CatalogueRow? Own(Record row)
    {
        var language = row.Text("language", "zh");
        var titles = row.Texts("title", language);
        var (minutes, price, exponent) = (row.Number("duration_minutes"), row.Number("price_minor"), row.Number("exponent"));
        if (row.Text("work_id", "").Length == 0 || titles.Count == 0 || row.IsBad)
        {
            return null;
        }

        var publishedAt = row.Time("published_at");
        var published = row.Truth("published", true);
        return row.IsBad ? null : new CatalogueRow
        {
            WorkId = row.Text("work_id", ""),
            Titles = titles,
            Descriptions = row.Texts("description", language),
            Field = row.Text("field", "other"),
            Kind = row.Text("kind", "course"),
            Level = row.Text("level", ""),
            Language = language,
            ProducerId = row.Text("producer_id", "unknown"),
            Categories = row.List("categories"),
            Tags = row.List("tags"),
            DurationMinutes = (int?)minutes,
            Price = new Price(price ?? 0, row.Text("currency", "CNY"), (uint)(exponent ?? 2)),
            Published = published,
            PublishedAt = publishedAt,
        };
    }

    private static CatalogueRow? MoocCubeX(Record row)
    {
        var (id, name, about) = (row.Text("mapped_id", ""), row.Text("name", ""), row.Text("about", ""));
        return id.Length == 0 || name.Length == 0 ? null : new CatalogueRow
        {
            WorkId = id,
            Titles = [("zh", name)],
            Descriptions = about.Length > 0 ? [("zh", about)] : [],
            Field = FieldOfDiscipline.Of($"{row.Text("fields", "")} {name}"),
            Kind = "course",
            Language = "zh",
            ProducerId = row.List("schools").FirstOrDefault() ?? "unknown",
            Categories = row.List("fields"),
            Tags = row.List("key_concepts"),
            Price = new Price(0, "CNY", 2),
        };
    }

    private sealed class Record(List<string> header, List<string> fields)
    {
        public bool IsBad { get; private set; }

        public string Text(string name, string absent) =>
            header.IndexOf(name) is var at && at >= 0 && fields[at].Length > 0 ? fields[at] : absent;

        public List<(string Language, string Text)> Texts(string name, string language) =>
        [
            .. header.Select((column, at) => (column, text: fields[at]))
                .Where(entry => entry.text.Length > 0 && (entry.column == name || entry.column.StartsWith($"{name}:", StringComparison.Ordinal)))
                .Select(entry => (entry.column == name ? language : entry.column[(name.Length + 1)..], entry.text)),
        ];

        public List<string> List(string name) =>
            [.. Text(name, "").Split(ListSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];

        public long? Number(string name)
        {
            var text = Text(name, "");
            var value = 0L;
            IsBad |= text.Length > 0 && (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) || value > int.MaxValue * 1000L);
            return text.Length > 0 ? value : null;
        }

        public bool Truth(string name, bool absent)
        {
            var text = Text(name, "");
            var value = absent;
            IsBad |= text.Length > 0 && !bool.TryParse(text, out value);
            return text.Length > 0 ? value : absent;
        }

        public DateTimeOffset? Time(string name)
        {
            var text = Text(name, "");
            DateTimeOffset value = default;
            IsBad |= text.Length > 0 && !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value);
            return text.Length > 0 ? value : null;
        }
    }
}
