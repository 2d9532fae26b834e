namespace KpGrpc.InferenceServer.Registry;

/// <summary>What a model does. The numbers are the contract's and stand in cards.</summary>
internal enum ModelTask
{
    /// <summary>Not stated; no card may say so.</summary>
    None = 0,

    /// <summary>Recommends works.</summary>
    Recommendation = 1,

    /// <summary>Tags spans of text.</summary>
    Tagging = 2,

    /// <summary>Predicts that a learner leaves.</summary>
    Churn = 3,

    /// <summary>Predicts that a learner pays.</summary>
    Conversion = 4,

    /// <summary>Turns text into vectors.</summary>
    TextEncoding = 5,
}
