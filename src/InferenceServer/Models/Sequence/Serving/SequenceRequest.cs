namespace KpGrpc.InferenceServer.Models.Sequence.Serving;

/// <summary>One learner to score the model's works for.</summary>
/// <param name="History">Works in [0, items), newest last; may be empty.</param>
/// <param name="Count">Works wanted, for callers that speak tensors.</param>
internal sealed record SequenceRequest(ReadOnlyMemory<int> History, int Count = 0);
