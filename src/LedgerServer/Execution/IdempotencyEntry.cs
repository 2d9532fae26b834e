using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution;

/// <summary>The first command that was ordered under an organisation's idempotency key.</summary>
/// <param name="Sequence">Its place in the order.</param>
/// <param name="PayloadHash">Its payload.</param>
internal readonly record struct IdempotencyEntry(ulong Sequence, Hash256 PayloadHash);
