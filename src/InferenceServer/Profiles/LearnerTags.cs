namespace KpGrpc.InferenceServer.Profiles;

/// <summary>Words and phrases that a tagger found in a learner's texts.</summary>
/// <param name="Tags">In no order; the same tag may occur more than once.</param>
/// <param name="Model">Name of the tagger.</param>
/// <param name="ModelVersion">Its version.</param>
internal sealed record LearnerTags(IReadOnlyList<LearnerTag> Tags, string Model, string ModelVersion);

/// <summary>A word or phrase.</summary>
/// <param name="Label">Label out of the tagger's set.</param>
/// <param name="Text">The words.</param>
/// <param name="Score">Probability, 0 to 1.</param>
internal sealed record LearnerTag(string Label, string Text, double Score);
