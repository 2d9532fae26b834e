using KpGrpc.InferenceServer.Models.Counts;

namespace KpGrpc.InferenceServer.Evaluation;

/// <summary>The counts model as the server uses it, its popularity fallback included.</summary>
internal sealed class CountsScorer(CountsModel model) : IFullRankScorer
{
    /// <inheritdoc />
    public void Score(ReadOnlySpan<int> history, Span<double> scores) => model.Score(history, scores);
}
