namespace KpGrpc.InferenceServer.Recommending;

/// <summary>By which way a work came into a list. The numbers are the contract's (<c>RecommendationPath</c>).</summary>
internal enum RankPath
{
    /// <summary>The work followed works of the learner's history in other histories.</summary>
    Counts = 1,

    /// <summary>The transformer expects it after the learner's history.</summary>
    Transformer = 2,

    /// <summary>Its text and labels are like works that score, or like what the learner says of herself.</summary>
    Content = 3,

    /// <summary>Nothing ties the work to the learner: it is there because many chose it.</summary>
    Popular = 4,

    /// <summary>The operator placed it.</summary>
    Rule = 5,

    /// <summary>A trial, to learn about a work that few have seen.</summary>
    Exploration = 6,
}
