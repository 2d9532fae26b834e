using KpGrpc.LedgerServer.Execution;

namespace KpGrpc.LedgerServer.Tests.Concurrency;

/// <summary>A command that was answered with a receipt.</summary>
/// <param name="Client">Who called.</param>
/// <param name="Invoked">Before it was sent.</param>
/// <param name="Answered">After the answer had come.</param>
/// <param name="Sequence">Its place.</param>
/// <param name="Command">What was asked.</param>
/// <param name="OrderedAtMicros">The receipt's time.</param>
/// <param name="Reason">Why it was refused; None where it was not.</param>
/// <param name="IsReplay">Whether an earlier call had ordered the same bytes.</param>
internal sealed record ObservedWrite(
    int Client, long Invoked, long Answered, ulong Sequence, Command Command, long OrderedAtMicros, RejectionReason Reason, bool IsReplay)
    : Observed(Client, Invoked, Answered, Sequence);
