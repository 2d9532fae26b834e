namespace KpGrpc.LedgerServer.Ordering;

/// <summary>What became of one command.</summary>
internal abstract record CommitOutcome;

/// <summary>The command has a durable receipt.</summary>
/// <param name="Sequence">Its place in the order.</param>
/// <param name="Leaf">The receipt's bytes.</param>
/// <param name="Replayed">True where an earlier call had ordered it.</param>
internal sealed record Committed(ulong Sequence, byte[] Leaf, bool Replayed) : CommitOutcome;

/// <summary>The idempotency key stands for another payload; nothing changed.</summary>
/// <param name="FirstSequence">Where that payload's receipt is.</param>
internal sealed record KeyTaken(ulong FirstSequence) : CommitOutcome;
