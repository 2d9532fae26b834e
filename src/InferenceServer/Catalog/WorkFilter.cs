namespace KpGrpc.InferenceServer.Catalog;

/// <summary>Hard conditions on works; an empty set admits all.</summary>
internal sealed record WorkFilter
{
    /// <summary>Admits everything that may be offered.</summary>
    public static readonly WorkFilter None = new();

    /// <summary>Fields of knowledge, by the contract's numbers.</summary>
    public IReadOnlySet<int> Fields { get; init; } = new HashSet<int>();

    /// <summary>Formats, by the contract's numbers.</summary>
    public IReadOnlySet<int> Kinds { get; init; } = new HashSet<int>();

    /// <summary>Levels, by the contract's numbers.</summary>
    public IReadOnlySet<int> Levels { get; init; } = new HashSet<int>();

    /// <summary>BCP 47 tags; <c>zh</c> admits <c>zh-CN</c>.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Producers.</summary>
    public IReadOnlySet<string> Producers { get; init; } = new HashSet<string>();

    /// <summary>Tags that a work must all carry.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Highest price, inclusive; null = no bound.</summary>
    public Price? PriceMax { get; init; }

    /// <summary>Also works that may not be offered now.</summary>
    public bool IncludeUnavailable { get; init; }

    /// <summary>True when the work meets every condition at this time (Unix milliseconds).</summary>
    public bool Admits(Work work, long now) =>
        (IncludeUnavailable || work.IsAvailable(now))
        && (Fields.Count == 0 || Fields.Contains(work.Field))
        && (Kinds.Count == 0 || Kinds.Contains(work.Kind))
        && (Levels.Count == 0 || Levels.Contains(work.Level))
        && (Producers.Count == 0 || Producers.Contains(work.ProducerId))
        && Speaks(work.Language)
        && Tags.All(tag => work.Tags.Contains(tag))
        && (PriceMax is not { } max || (work.Price.Currency == max.Currency && work.Price.Exponent == max.Exponent && work.Price.MinorUnits <= max.MinorUnits));

    /// <summary>True when no language is asked for, or this one is.</summary>
    public bool Speaks(string language) => Languages.Count == 0 || Languages.Any(tag => Speaks(language, tag));

    private static bool Speaks(string language, string tag) =>
        language.StartsWith(tag, StringComparison.OrdinalIgnoreCase) && (language.Length == tag.Length || language[tag.Length] == '-');
}
