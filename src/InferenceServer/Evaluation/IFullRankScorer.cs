namespace KpGrpc.InferenceServer.Evaluation;

/// <summary>Anything that scores the whole catalogue for one history. MUST be thread-safe.</summary>
internal interface IFullRankScorer
{
    /// <summary>Scores every item.</summary>
    /// <param name="history">Item indices, oldest first.</param>
    /// <param name="scores">[items], overwritten; higher is better; never NaN.</param>
    void Score(ReadOnlySpan<int> history, Span<double> scores);
}
