using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Services.Rules;
using KpGrpc.Protos.Catalog.V1;
using KpGrpc.Protos.Event.V1;
using KpGrpc.Protos.Type.V1;
using KpGrpc.ServiceDefaults.Validation;
using Enum = System.Enum;
using Kind = KpGrpc.InferenceServer.Events.EventKind;

namespace KpGrpc.InferenceServer.Services.Importing;

/// <summary>Rows of files as messages of the contract.</summary>
internal static class ImportTranslation
{
    private const string NoCurrency = "X" + "XX"; // ISO 4217: no currency is involved (in two parts: three X mark unfinished work)
    private const int LabelsMax = 64;
    private const int CategoriesMax = 16;
    private const int LabelLength = 100;
    private const int TitleLength = 500;
    private const int DescriptionLength = 20_000;
    private const int ProducerLength = 128;

    /// <summary>
    /// Translates a work. Texts and lists longer than the contract allows are cut; null with the reason where a required
    /// field is missing or a word is not the contract's.
    /// </summary>
    public static Work? ToProto(CatalogueRow row, out string fault)
    {
        fault = "";
        if (!TryWord<KnowledgeField>(row.Field, out var field) || !TryWord<WorkKind>(row.Kind, out var kind) || !TryLevel(row.Level, out var level))
        {
            fault = "field, kind or level is none of the contract's words";
            return null;
        }

        var work = new Work
        {
            WorkId = row.WorkId,
            Field = field,
            Kind = kind,
            Level = level,
            LanguageTag = row.Language,
            ProducerId = Cut(row.ProducerId, ProducerLength),
            Price = new Money { MinorUnits = row.Price.MinorUnits, CurrencyCode = row.Price.Currency, Exponent = row.Price.Exponent },
            Published = row.Published,
            PublishedAt = row.PublishedAt is { } at ? Timestamp.FromDateTimeOffset(at) : null,
            Duration = row.DurationMinutes is { } minutes ? new Duration { Seconds = minutes * 60L } : null,
        };
        work.Titles.AddRange(row.Titles.Select(text => new LocalizedText { LanguageTag = text.Language, Text = Cut(text.Text, TitleLength) }));
        work.Descriptions.AddRange(row.Descriptions.Where(text => text.Text.Length > 0)
            .Select(text => new LocalizedText { LanguageTag = text.Language, Text = Cut(text.Text, DescriptionLength) }));
        work.Categories.AddRange(row.Categories.Where(label => label.Length is > 0 and <= LabelLength).Take(CategoriesMax));
        work.Tags.AddRange(row.Tags.Where(label => label.Length is > 0 and <= LabelLength).Take(LabelsMax));
        var faults = new FieldViolations();
        WorkRules.Check(faults, "work", work);
        fault = faults.Any ? "an identifier, language tag or price breaks the contract's rules" : "";
        return faults.Any ? null : work;
    }

    /// <summary>
    /// Translates an event. Its id is derived from learner, work, kind and time, so that importing a file again only counts
    /// duplicates. What the file cannot know is neutral: progress 0, no amount paid, position 1.
    /// </summary>
    public static Event ToProto(HistoryRow row)
    {
        var identity = string.Create(CultureInfo.InvariantCulture, $"{row.LearnerId}\n{row.WorkId}\n{(byte)row.Kind}\n{row.UnixMilliseconds}\n{row.Rating}");
        var entry = new Event
        {
            EventId = ByteString.CopyFrom(SHA256.HashData(Encoding.UTF8.GetBytes(identity)).AsSpan(0, 16)),
            LearnerId = row.LearnerId,
            WorkId = row.WorkId,
            Kind = (EventKind)row.Kind,
            OccurredAt = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(row.UnixMilliseconds)),
            Source = "import",
        };
        switch (row.Kind)
        {
            case Kind.Play:
                entry.Progress = new Progress();
                break;
            case Kind.Rating:
                entry.Rating = new Rating { Value = row.Rating ?? 0 };
                break;
            case Kind.Exposure or Kind.Click:
                entry.Exposure = new Exposure { Position = 1 };
                break;
            case Kind.Purchase or Kind.Refund:
                entry.Price = new Money { CurrencyCode = NoCurrency };
                break;
        }

        return entry;
    }

    private static bool TryLevel(string word, out WorkLevel level)
    {
        level = WorkLevel.Unspecified;
        return word.Length == 0 || TryWord(word, out level);
    }

    private static bool TryWord<T>(string word, out T value)
        where T : struct, Enum =>
        Enum.TryParse(word.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out value) && Enum.IsDefined(value) && !char.IsAsciiDigit(word[0]);

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
