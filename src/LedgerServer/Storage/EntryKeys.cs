using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Storage;

/// <summary>The ways to find an entry besides its sequence.</summary>
/// <param name="Idempotency">As <see cref="StoreLayout.IdempotencyKey"/> makes it.</param>
/// <param name="CommandHash">SHA-256 of payload and signature.</param>
/// <param name="LeafHash">RFC 6962 leaf hash of the receipt.</param>
internal readonly record struct EntryKeys(byte[] Idempotency, Hash256 CommandHash, Hash256 LeafHash);
