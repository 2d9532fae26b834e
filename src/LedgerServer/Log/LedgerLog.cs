using KpGrpc.LedgerServer.Storage;
using KpGrpc.MerkleLog.Checkpoints;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Notes;

namespace KpGrpc.LedgerServer.Log;

/// <summary>
/// The growing end of the Merkle log (RFC 6962): takes leaves, hands their complete nodes to the commit, signs the root.
/// Only the sequencer's thread uses it.
/// </summary>
internal sealed class LedgerLog(CompactRange range, NoteSigner signer)
{
    private readonly MerkleNode[] completed = new MerkleNode[TreeLimits.MaxNodesPerAppend];

    /// <summary>Number of leaves: the sequence of the next entry.</summary>
    public ulong Size => range.Size;

    public Hash256 Root() => range.Root();

    /// <summary>Appends a leaf and adds the nodes that it completes to the commit.</summary>
    /// <returns>The leaf's hash.</returns>
    public Hash256 Append(ReadOnlySpan<byte> leaf, CommitBatch batch)
    {
        var hash = MerkleHasher.HashLeaf(leaf);
        var count = range.Append(hash, completed);
        batch.AddNodes(completed.AsSpan(0, count));
        return hash;
    }

    /// <summary>Signs the present root (C2SP tlog-checkpoint); the origin is the key's name. Publish it only once its nodes are durable.</summary>
    /// <param name="nowMicros">Server's clock, microseconds since 1970.</param>
    public StoredCheckpoint Sign(long nowMicros) =>
        new(nowMicros, SignedCheckpoint.Sign(new Checkpoint(signer.Verifier.Name, range.Size, range.Root()), signer));
}
