namespace KpGrpc.InferenceServer.Export;

/// <summary>One event as a row of a table; null where its kind has no such detail. What the columns mean is in <c>docs/design/0025-erasure-and-export.md</c>.</summary>
internal sealed record EventRow
{
    /// <summary>32 lower-case hex digits.</summary>
    public required string EventId { get; init; }

    /// <summary>Learner.</summary>
    public required string LearnerId { get; init; }

    /// <summary>Work; null for searches and declarations.</summary>
    public required string? WorkId { get; init; }

    /// <summary>Kind in lower case, such as <c>purchase</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>When it happened, UTC.</summary>
    public required DateTime OccurredAt { get; init; }

    /// <summary>Share of the work that is done, 0 to 1.</summary>
    public double? Progress { get; init; }

    /// <summary>Time spent, in milliseconds.</summary>
    public long? SpentMilliseconds { get; init; }

    /// <summary>Rating, 0 to 1.</summary>
    public double? Rating { get; init; }

    /// <summary>What the learner wrote: the comment of a rating, the query of a search, the words of a declaration.</summary>
    public string? Text { get; init; }

    /// <summary>Fields that a declaration names, in lower case, with commas between them.</summary>
    public string? Fields { get; init; }

    /// <summary>Works that a search found.</summary>
    public int? ResultCount { get; init; }

    /// <summary>Amount paid or returned, in minor units of <see cref="Currency"/>.</summary>
    public long? PriceMinorUnits { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public string? Currency { get; init; }

    /// <summary>Digits behind the point of the amount.</summary>
    public int? CurrencyExponent { get; init; }

    /// <summary>Answer that placed the work.</summary>
    public string? RequestId { get; init; }

    /// <summary>Its place in the list, from 1.</summary>
    public int? Position { get; init; }

    /// <summary>Place on the screen.</summary>
    public string? Surface { get; init; }

    /// <summary>Model that placed it.</summary>
    public string? Model { get; init; }

    /// <summary>Version of that model.</summary>
    public string? ModelVersion { get; init; }

    /// <summary>Session on the learner's device.</summary>
    public string? SessionId { get; init; }

    /// <summary>Who reported the event.</summary>
    public string? Source { get; init; }
}
