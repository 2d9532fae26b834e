namespace KpGrpc.InferenceServer.Catalog;

/// <summary>One work of the catalogue, as the server works with it.</summary>
internal sealed record Work
{
    /// <summary>Identifier.</summary>
    public required string WorkId { get; init; }

    /// <summary>Titles by BCP 47 tag; the first is the main one.</summary>
    public required IReadOnlyList<(string Language, string Text)> Titles { get; init; }

    /// <summary>All texts of the work in lower case, for search.</summary>
    public required SearchText Texts { get; init; }

    /// <summary>Field of knowledge, by the contract's number.</summary>
    public required int Field { get; init; }

    /// <summary>Format, by the contract's number.</summary>
    public required int Kind { get; init; }

    /// <summary>Level, by the contract's number; 0 = not stated.</summary>
    public required int Level { get; init; }

    /// <summary>BCP 47 tag of the work's own language.</summary>
    public required string Language { get; init; }

    /// <summary>Organisation that produced it.</summary>
    public required string ProducerId { get; init; }

    /// <summary>Free tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Price.</summary>
    public required Price Price { get; init; }

    /// <summary>May be offered.</summary>
    public required bool Published { get; init; }

    /// <summary>The rights to sell it are missing.</summary>
    public required bool Unlicensed { get; init; }

    /// <summary>First publication in Unix milliseconds; null = never.</summary>
    public required long? PublishedAt { get; init; }

    /// <summary>Start of the offer in Unix milliseconds, inclusive; null = no bound.</summary>
    public required long? AvailableFrom { get; init; }

    /// <summary>End of the offer in Unix milliseconds, exclusive; null = no bound.</summary>
    public required long? AvailableUntil { get; init; }

    /// <summary>The whole work as the contract encodes it, without output-only fields: what the catalogue log stores.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Grows by one with every change, from 1.</summary>
    public ulong Revision { get; init; }

    /// <summary>Last change in Unix milliseconds.</summary>
    public long UpdatedAt { get; init; }

    /// <summary>May be offered at this time: published, licensed and inside its time.</summary>
    public bool IsAvailable(long unixMilliseconds) =>
        Published && !Unlicensed && !(unixMilliseconds < AvailableFrom) && !(unixMilliseconds >= AvailableUntil);

    /// <summary>The title in a language, or the main one.</summary>
    public string TitleIn(string language) =>
        Titles.FirstOrDefault(title => title.Language.StartsWith(language, StringComparison.OrdinalIgnoreCase)).Text ?? Titles[0].Text;
}

/// <summary>Texts by weight, in lower case, each behind the other with <see cref="Separator"/> between them.</summary>
/// <param name="Titles">Titles.</param>
/// <param name="Labels">Tags and categories.</param>
/// <param name="Body">Descriptions.</param>
internal sealed record SearchText(string Titles, string Labels, string Body)
{
    /// <summary>Stands between two texts; it is in none of them that people write.</summary>
    public const char Separator = '\u001e';
}

/// <summary>An exact amount.</summary>
/// <param name="MinorUnits">Amount, 0 or more.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Exponent">Digits behind the point.</param>
internal readonly record struct Price(long MinorUnits, string Currency, uint Exponent);
