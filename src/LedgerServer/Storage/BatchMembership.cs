using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Storage;

/// <summary>
/// Ties a command to the batch whose root was signed, so that each stored command can be verified alone, whatever
/// became of the others.
/// </summary>
/// <param name="Index">Place in the batch, from 0.</param>
/// <param name="Size">Number of payloads in the batch.</param>
/// <param name="Root">RFC 6962 root over the payloads: what the signature is over.</param>
/// <param name="Path">Inclusion path from the payload to the root.</param>
internal sealed record BatchMembership(uint Index, uint Size, Hash256 Root, IReadOnlyList<Hash256> Path);
