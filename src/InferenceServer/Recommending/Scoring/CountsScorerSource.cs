namespace KpGrpc.InferenceServer.Recommending.Scoring;

/// <summary>The version of the counts model that the training made last.</summary>
internal sealed class CountsScorerSource(CountsTraining training) : IScorerSource
{
    private volatile CountsWorkScorer? scorer;

    /// <inheritdoc />
    public string Model => CountsWorkScorer.Name;

    /// <summary>The scorer of the version that serves now.</summary>
    public CountsWorkScorer Current
    {
        get
        {
            var (now, current) = (scorer, training.Current);
            if (now is null || !ReferenceEquals(now.Counts, current))
            {
                scorer = now = new CountsWorkScorer(current);
            }

            return now;
        }
    }

    /// <inheritdoc />
    public IWorkScorer For(string learnerId, ScoringTerms terms) => Current;

    /// <inheritdoc />
    public IWorkScorer? Find(string version, ScoringTerms terms) => Current is var now && now.Version == version ? now : null;
}
