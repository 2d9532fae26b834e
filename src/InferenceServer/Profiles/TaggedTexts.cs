using KpGrpc.InferenceServer.Batching;
using KpGrpc.InferenceServer.Models.Tagging;

namespace KpGrpc.InferenceServer.Profiles;

/// <summary>The mentions in texts.</summary>
/// <param name="Model">Tagger.</param>
/// <param name="Version">Its version.</param>
/// <param name="Texts">One entry a text, in order.</param>
/// <param name="Facts">The slowest batch.</param>
internal sealed record TaggedTexts(string Model, string Version, IReadOnlyList<TaggedWords> Texts, BatchFacts Facts);

/// <summary>The mentions in one text.</summary>
/// <param name="Reply">Spans in code points, with scores.</param>
/// <param name="Truncated">The end of the text was not read.</param>
internal sealed record TaggedWords(TagReply Reply, bool Truncated);
