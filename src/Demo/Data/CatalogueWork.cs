namespace KpGrpc.Demo.Data;

/// <summary>
/// One work as a line of the catalogue file. The names in the file are these in snake_case; the InferenceServer's
/// <c>import</c> verb reads the same names.
/// </summary>
internal sealed record CatalogueWork
{
    /// <summary>Identifier, 1 to 128 characters of <c>[A-Za-z0-9_.:-]</c>.</summary>
    public required string WorkId { get; init; }

    /// <summary>Format: <c>course</c>, <c>audio_column</c>, <c>book</c>, <c>consulting</c>, <c>training</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Field: <c>education</c>, <c>health</c>, <c>vocational_skills</c>, <c>culture</c>, <c>finance</c> or <c>other</c>.</summary>
    public required string Field { get; init; }

    /// <summary>Producer, see <see cref="Producer"/>.</summary>
    public required string ProducerId { get; init; }

    /// <summary>Series that the work is a part of; null where it stands alone.</summary>
    public string? Series { get; init; }

    /// <summary>Place in the series, from 1.</summary>
    public int? SeriesIndex { get; init; }

    /// <summary>Titles by BCP 47 tag, at least one, each up to 500 characters.</summary>
    public required SortedDictionary<string, string> Titles { get; init; }

    /// <summary>Descriptions by BCP 47 tag, may be empty.</summary>
    public required SortedDictionary<string, string> Descriptions { get; init; }

    /// <summary>BCP 47 tag of the language in which the work is held.</summary>
    public required string Language { get; init; }

    /// <summary><c>beginner</c>, <c>intermediate</c>, <c>advanced</c>; null where it is not known.</summary>
    public string? Level { get; init; }

    /// <summary>Length in minutes; null where it is not known.</summary>
    public int? DurationMinutes { get; init; }

    /// <summary>What a learner pays.</summary>
    public required Price Price { get; init; }

    /// <summary>Free tags.</summary>
    public required List<string> Tags { get; init; }

    /// <summary>Whether it is on sale.</summary>
    public required bool Published { get; init; }

    /// <summary>Day of publication as <c>yyyy-MM-dd</c>; null where it is not known.</summary>
    public string? PublishedAt { get; init; }

    /// <summary>The title in the work's own language, otherwise the first one.</summary>
    public string MainTitle() => Titles.TryGetValue(Language, out var title) ? title : Titles.First().Value;
}
