namespace KpGrpc.InferenceServer.Models.Tagging.Spans;

/// <summary>A mention in a row of characters or tokens.</summary>
/// <param name="Start">Its first position, from 0.</param>
/// <param name="End">The position after its last one.</param>
/// <param name="Label">What it is, such as <c>company</c>.</param>
internal readonly record struct Span(int Start, int End, string Label);
