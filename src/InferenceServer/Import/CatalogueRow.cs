using KpGrpc.InferenceServer.Catalog;

namespace KpGrpc.InferenceServer.Import;

/// <summary>One work of a catalogue file.</summary>
internal sealed record CatalogueRow
{
    /// <summary>Identifier.</summary>
    public required string WorkId { get; init; }

    /// <summary>Titles by language tag; at least one.</summary>
    public required IReadOnlyList<(string Language, string Text)> Titles { get; init; }

    /// <summary>Descriptions by language tag.</summary>
    public IReadOnlyList<(string Language, string Text)> Descriptions { get; init; } = [];

    /// <summary>Field of knowledge in the contract's words, such as <c>education</c>.</summary>
    public string Field { get; init; } = "other";

    /// <summary>Format in the contract's words, such as <c>course</c>.</summary>
    public string Kind { get; init; } = "course";

    /// <summary>Level in the contract's words; empty = not stated.</summary>
    public string Level { get; init; } = "";

    /// <summary>Language tag of the work itself.</summary>
    public string Language { get; init; } = "zh";

    /// <summary>Producer.</summary>
    public string ProducerId { get; init; } = "unknown";

    /// <summary>Categories from broad to narrow.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Duration in minutes; null = unknown.</summary>
    public int? DurationMinutes { get; init; }

    /// <summary>Price; free where the file says nothing.</summary>
    public Price Price { get; init; } = new(0, "CNY", 2);

    /// <summary>May be offered.</summary>
    public bool Published { get; init; } = true;

    /// <summary>First publication; null = unknown.</summary>
    public DateTimeOffset? PublishedAt { get; init; }
}
