namespace KpGrpc.InferenceServer.Recommending.Scoring;

/// <summary>Where the versions of one model that serve come from: a training in this process, or the registry.</summary>
internal interface IScorerSource
{
    /// <summary>Name of the model.</summary>
    string Model { get; }

    /// <summary>The version that serves a learner by traffic, to be disposed; null when none does.</summary>
    IWorkScorer? For(string learnerId, ScoringTerms terms);

    /// <summary>A version by name, to be disposed; null when it is not loaded.</summary>
    IWorkScorer? Find(string version, ScoringTerms terms);
}
