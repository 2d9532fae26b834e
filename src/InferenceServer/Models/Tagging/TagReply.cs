using KpGrpc.InferenceServer.Models.Tagging.Spans;

namespace KpGrpc.InferenceServer.Models.Tagging;

/// <summary>The mentions in one text.</summary>
/// <param name="Spans">In code points of the text, in order.</param>
/// <param name="Scores">How sure the network is of each: the geometric mean of its tokens' probabilities, in (0, 1].</param>
/// <param name="Tags">Index of each token's tag, without the special tokens.</param>
internal sealed record TagReply(IReadOnlyList<Span> Spans, IReadOnlyList<float> Scores, int[] Tags);
