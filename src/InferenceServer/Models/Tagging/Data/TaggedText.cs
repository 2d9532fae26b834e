using KpGrpc.InferenceServer.Models.Tagging.Spans;

namespace KpGrpc.InferenceServer.Models.Tagging.Data;

/// <summary>A text and its mentions.</summary>
/// <param name="Text">The text.</param>
/// <param name="Spans">Its mentions, in Unicode code points.</param>
internal sealed record TaggedText(string Text, IReadOnlyList<Span> Spans);
