namespace KpGrpc.LedgerServer.Execution;

/// <summary>What became of a command handed to the engine. Only <see cref="Executed"/> consumes a sequence number.</summary>
internal abstract record Outcome;

/// <summary>The command took its place in the order, accepted or rejected.</summary>
/// <param name="Receipt">Its receipt.</param>
internal sealed record Executed(Receipt Receipt) : Outcome;

/// <summary>The same organisation sent the same payload under the same idempotency key before. Nothing changed.</summary>
/// <param name="FirstSequence">Where the first receipt is; it is the answer, byte for byte.</param>
internal sealed record Replayed(ulong FirstSequence) : Outcome;

/// <summary>The idempotency key was used by the same organisation for another payload. Nothing changed.</summary>
/// <param name="FirstSequence">Where the first receipt is.</param>
internal sealed record Conflict(ulong FirstSequence) : Outcome;
