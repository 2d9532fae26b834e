namespace KpGrpc.InferenceServer.Evaluation;

/// <summary>The baseline that ignores the learner: how often each item occurs in training.</summary>
internal sealed class PopularityScorer : IFullRankScorer
{
    private readonly double[] counts; // [items]

    /// <summary>Counts the training sequences.</summary>
    public PopularityScorer(IEnumerable<int[]> train, int itemCount)
    {
        counts = new double[itemCount];
        foreach (var sequence in train)
        {
            foreach (var item in sequence)
            {
                counts[item]++;
            }
        }
    }

    /// <inheritdoc />
    public void Score(ReadOnlySpan<int> history, Span<double> scores) => counts.CopyTo(scores);
}
