using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace KpGrpc.Demo.Data;

/// <summary>The course catalogue of MOOCCubeX (<c>mooccubex/courses.csv</c>): real courses of Chinese universities.</summary>
internal sealed class MooccubexCourses
{
    /// <summary>Producer of courses whose school the data set does not name.</summary>
    public const string UnknownSchoolId = "school-unknown";

    private const int TagsMax = 8;
    private const int TagLengthMax = 40;

    private MooccubexCourses(List<CatalogueWork> works, List<Producer> producers, Dictionary<int, string> workIdByNumber) =>
        (Works, Producers, WorkIdByNumber) = (works, producers, workIdByNumber);

    /// <summary>The works in the file's order.</summary>
    public List<CatalogueWork> Works { get; }

    /// <summary>The schools; the first one that a course names made it.</summary>
    public List<Producer> Producers { get; }

    /// <summary>Work id by the number that the enrolment files use (<c>mapped_id</c>).</summary>
    public Dictionary<int, string> WorkIdByNumber { get; }

    /// <summary>Reads the catalogue and prices it.</summary>
    /// <exception cref="DemoException">The file cannot be read, holds no course, or a number comes twice.</exception>
    public static MooccubexCourses Read(string path, PriceRule prices)
    {
        var works = new List<CatalogueWork>();
        var producers = new SortedDictionary<string, Producer>(StringComparer.Ordinal);
        var numbers = new Dictionary<int, string>();
        foreach (var row in CsvTable.Read(path, "original_id", "mapped_id", "name", "about", "fields", "schools", "key_concepts"))
        {
            var school = row["schools"].Split('|')[0].Trim();
            var producerId = ProducerIdOf(school);
            producers.TryAdd(producerId, ProducerOf(producerId, school));
            works.Add(WorkOf(row, producerId, prices));
            if (!int.TryParse(row["mapped_id"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !numbers.TryAdd(number, row["original_id"]))
            {
                throw new DemoException($"{path}: the mapped_id of {row["original_id"]} is no number or comes twice");
            }
        }

        return works.Count > 0 ? new(works, [.. producers.Values], numbers) : throw new DemoException($"{path} holds no course");
    }

    /// <summary>A school's id: its name's SHA-256, shortened, since ledger ids are ASCII.</summary>
    internal static string ProducerIdOf(string school) => school.Length == 0
        ? UnknownSchoolId
        : $"school-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(school)).AsSpan(0, 5))}";

    private static Producer ProducerOf(string producerId, string school) => new(producerId, school.Length == 0
        ? new() { ["en"] = "School not stated", ["zh"] = "未注明学校" }
        : new() { ["zh"] = school });

    private static CatalogueWork WorkOf(IReadOnlyDictionary<string, string> row, string producerId, PriceRule prices)
    {
        var language = row["name"].Any(letter => letter >= 0x2E80) ? "zh" : "en";
        var about = row["about"].Trim();
        return new CatalogueWork
        {
            WorkId = row["original_id"],
            Kind = "course",
            Field = CourseFields.Of(row["fields"], row["name"]),
            ProducerId = producerId,
            Titles = new() { [language] = row["name"].Trim() },
            Descriptions = about.Length == 0 ? [] : new() { [language] = about },
            Language = language,
            Price = new Price(prices.CentsOf(row["original_id"]), "USD", 2),
            Tags = [.. row["key_concepts"].Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Where(tag => tag.Length <= TagLengthMax).Distinct().Take(TagsMax)],
            Published = true,
        };
    }
}
