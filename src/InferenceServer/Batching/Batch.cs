namespace KpGrpc.InferenceServer.Batching;

/// <summary>Requests that are computed together.</summary>
/// <param name="Requests">At least one.</param>
/// <param name="Reason">Why it left.</param>
internal sealed record Batch<TIn, TOut>(IReadOnlyList<WaitingRequest<TIn, TOut>> Requests, BatchReason Reason)
{
    /// <summary>Tokens of all rows.</summary>
    public int Tokens { get; } = Requests.Sum(request => request.Length);

    /// <summary>Tokens that make all rows as long as the longest.</summary>
    public int Padding => (Requests.Max(request => request.Length) * Requests.Count) - Tokens;
}
