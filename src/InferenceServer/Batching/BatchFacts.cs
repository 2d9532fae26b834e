namespace KpGrpc.InferenceServer.Batching;

/// <summary>What is known of the batch that answered a request.</summary>
/// <param name="QueueTime">From submission until its batch began to be computed.</param>
/// <param name="ComputeTime">Of the whole batch.</param>
/// <param name="Rows">Requests in the batch.</param>
/// <param name="Tokens">Tokens of these requests.</param>
/// <param name="Padding">Tokens that were added to make all rows as long as the longest.</param>
/// <param name="Reason">Why the batch left.</param>
internal readonly record struct BatchFacts(TimeSpan QueueTime, TimeSpan ComputeTime, int Rows, int Tokens, int Padding, BatchReason Reason);
