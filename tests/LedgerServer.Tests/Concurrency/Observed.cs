namespace KpGrpc.LedgerServer.Tests.Concurrency;

/// <summary>One call as its client saw it.</summary>
/// <param name="Client">Who called.</param>
/// <param name="Invoked">Before it was sent; ticks of the process's monotonic clock.</param>
/// <param name="Answered">After the answer had come; the same clock.</param>
/// <param name="Sequence">The place that the answer names: a command's own, or the last one that a read shows.</param>
internal abstract record Observed(int Client, long Invoked, long Answered, ulong Sequence);
