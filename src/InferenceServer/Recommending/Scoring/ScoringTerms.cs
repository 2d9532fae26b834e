using KpGrpc.InferenceServer.Batching;

namespace KpGrpc.InferenceServer.Recommending.Scoring;

/// <summary>How urgent a request is.</summary>
/// <param name="Priority">Who goes first.</param>
/// <param name="Deadline">After it nothing is computed; <see cref="DateTimeOffset.MaxValue"/> for never.</param>
internal readonly record struct ScoringTerms(Priority Priority, DateTimeOffset Deadline)
{
    /// <summary>Nobody waits at a screen, and there is no hurry.</summary>
    public static ScoringTerms Unhurried { get; } = new(Priority.Bulk, DateTimeOffset.MaxValue);
}
