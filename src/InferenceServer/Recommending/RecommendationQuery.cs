using KpGrpc.InferenceServer.Catalog;

namespace KpGrpc.InferenceServer.Recommending;

/// <summary>What is asked of the recommender.</summary>
internal sealed record RecommendationQuery
{
    /// <summary>Works wanted, 1 to 100.</summary>
    public int Count { get; init; } = 10;

    /// <summary>Conditions on works.</summary>
    public WorkFilter Filter { get; init; } = WorkFilter.None;

    /// <summary>Works to leave out.</summary>
    public IReadOnlySet<string> Hidden { get; init; } = new HashSet<string>();

    /// <summary>Also works that the learner has taken up.</summary>
    public bool IncludeOwned { get; init; }

    /// <summary>Works of the present session, oldest first; they count as the newest of the history.</summary>
    public IReadOnlyList<string> Session { get; init; } = [];

    /// <summary>What a learner without a history says of herself.</summary>
    public string ProfileText { get; init; } = "";

    /// <summary>Fields that a learner without a history prefers, by the contract's numbers.</summary>
    public IReadOnlySet<int> PreferredFields { get; init; } = new HashSet<int>();

    /// <summary>Weight of diversity, 0 to 1; null: the configured one.</summary>
    public double? Diversity { get; init; }

    /// <summary>Works of one producer at most; 0 = no bound.</summary>
    public int PerProducerMax { get; init; }
}
