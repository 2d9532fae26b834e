using KpGrpc.InferenceServer.Events;

namespace KpGrpc.InferenceServer.Profiles;

/// <summary>Tags what learners write, by the tagger that is loaded at the moment. Thread-safe.</summary>
internal interface ILearnerTagger
{
    /// <summary>Tags of a learner's texts; null where no tagger is loaded.</summary>
    /// <param name="texts">Her texts, oldest first, at least one.</param>
    /// <param name="cancellationToken">The request's.</param>
    ValueTask<LearnerTags?> TagAsync(IReadOnlyList<LearnerText> texts, CancellationToken cancellationToken);
}
