using KpGrpc.LedgerServer.Storage;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Proofs;

namespace KpGrpc.LedgerServer.Log;

/// <summary>Proofs from stored nodes. They concern durable entries alone, never change, and are made on any thread.</summary>
internal sealed class LogProofs(LedgerStore store, CommittedHead head)
{
    /// <summary>Inclusion path of a leaf in the tree of a size (RFC 6962 section 2.1.1).</summary>
    /// <param name="index">Below <paramref name="size"/>.</param>
    /// <param name="size">At most the newest checkpoint's.</param>
    public Hash256[] Inclusion(ulong index, ulong size) => ProofBuilder.Inclusion(store, index, Checked(size));

    /// <summary>Consistency path between two sizes (RFC 6962 section 2.1.2).</summary>
    /// <param name="from">At most <paramref name="to"/>.</param>
    /// <param name="to">At most the newest checkpoint's.</param>
    public Hash256[] Consistency(ulong from, ulong to) => ProofBuilder.Consistency(store, from, Checked(to));

    /// <summary>A ready C2SP tlog-proof file.</summary>
    public static string ToFile(ulong index, Hash256[] path, StoredCheckpoint checkpoint) =>
        new TlogProof(index, path, checkpoint.Signed).ToString();

    // Nodes of a commit are visible a moment before its checkpoint is published: no proof may go beyond that.
    private ulong Checked(ulong size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, head.Size);
        return size;
    }
}
