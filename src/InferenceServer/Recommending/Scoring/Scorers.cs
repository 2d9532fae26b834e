namespace KpGrpc.InferenceServer.Recommending.Scoring;

/// <summary>Chooses the scorer of a request: the first source, in order of registration, that serves the learner. The counts, registered last, always do.</summary>
internal sealed class Scorers(IEnumerable<IScorerSource> sources)
{
    private readonly IScorerSource[] sources = [.. sources];

    /// <summary>The scorer for a learner, to be disposed.</summary>
    public IWorkScorer For(string learnerId, ScoringTerms terms) =>
        sources.Select(source => source.For(learnerId, terms)).OfType<IWorkScorer>().First();

    /// <summary>The scorer of a model that was asked for by name, to be disposed; null when no such model is loaded.</summary>
    /// <param name="model">Name.</param>
    /// <param name="version">Version; empty: the one that serves the learner.</param>
    /// <param name="learnerId">Learner.</param>
    /// <param name="terms">How urgent the request is.</param>
    public IWorkScorer? Find(string model, string version, string learnerId, ScoringTerms terms) =>
        sources.FirstOrDefault(source => source.Model == model) is not { } source ? null
        : version.Length == 0 ? source.For(learnerId, terms) : source.Find(version, terms);

    /// <summary>One serving version of each model, to be disposed: what they all know is not cold.</summary>
    public IReadOnlyList<IWorkScorer> Serving() => [.. sources.Select(source => source.For("", ScoringTerms.Unhurried)).OfType<IWorkScorer>()];
}
