namespace KpGrpc.InferenceServer.Batching;

/// <summary>An answer and how it came about.</summary>
/// <typeparam name="TOut">The runner's answer to one request.</typeparam>
/// <param name="Value">The answer.</param>
/// <param name="Facts">The batch.</param>
internal readonly record struct BatchReply<TOut>(TOut Value, BatchFacts Facts);
