using System.Numerics;
using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.MerkleLog.Proofs;

/// <summary>
/// Checks proofs against roots that the caller trusts. Strict: a proof that is too long or too short is refused. Pure,
/// thread-safe, allocates nothing, and never throws, whatever the input.
/// </summary>
public static class ProofVerifier
{
    /// <summary>Number of hashes in the inclusion proof of a leaf (RFC 6962 section 2.1.1).</summary>
    /// <param name="index">Zero-based position of the leaf.</param>
    /// <param name="size">Number of leaves in the tree.</param>
    /// <returns>0 to 63, or −1 where the index is not below the size or the size is above <see cref="TreeLimits.MaxSize"/>.</returns>
    public static int InclusionLength(ulong index, ulong size)
    {
        if (index >= size || size > TreeLimits.MaxSize)
        {
            return -1;
        }

        // Below the level where the paths to this leaf and to the last one part, every level has a sibling; above it
        // only the levels where the path turns right.
        var inner = 64 - BitOperations.LeadingZeroCount(index ^ (size - 1));
        return inner + BitOperations.PopCount(index >> inner);
    }

    /// <summary>Whether the proof leads from the leaf to the root (RFC 9162 section 2.1.3.2).</summary>
    /// <param name="leafHash">Hash of the leaf, from <see cref="MerkleHasher.HashLeaf"/>.</param>
    /// <param name="index">Zero-based position of the leaf, below <paramref name="size"/>.</param>
    /// <param name="size">Number of leaves in the tree.</param>
    /// <param name="proof">Siblings from the leaf upwards.</param>
    /// <param name="root">Root of the tree of <paramref name="size"/> leaves.</param>
    public static bool VerifyInclusion(
        in Hash256 leafHash, ulong index, ulong size, ReadOnlySpan<Hash256> proof, in Hash256 root)
    {
        if (index >= size || size > TreeLimits.MaxSize)
        {
            return false;
        }

        var hash = leafHash;
        var node = index;
        var last = size - 1;
        foreach (ref readonly var sibling in proof)
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                hash = MerkleHasher.HashNode(sibling, hash);
                SkipLevelsWithoutSibling(ref node, ref last);
            }
            else
            {
                hash = MerkleHasher.HashNode(hash, sibling);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && hash == root;
    }

    /// <summary>Whether the proof shows the old tree to be a prefix of the new one (RFC 9162 section 2.1.4.2).</summary>
    /// <param name="oldSize">Leaves in the old tree; from 0 the old root must be the empty one and the proof empty.</param>
    /// <param name="newSize">Leaves in the new tree, not below <paramref name="oldSize"/>.</param>
    /// <param name="proof">Hashes as <see cref="ProofBuilder.Consistency"/> gives them.</param>
    /// <param name="oldRoot">Root of the old tree.</param>
    /// <param name="newRoot">Root of the new tree.</param>
    public static bool VerifyConsistency(
        ulong oldSize, ulong newSize, ReadOnlySpan<Hash256> proof, in Hash256 oldRoot, in Hash256 newRoot)
    {
        if (oldSize > newSize || newSize > TreeLimits.MaxSize)
        {
            return false;
        }

        if (oldSize == newSize)
        {
            return proof.IsEmpty && oldRoot == newRoot && (newSize != 0 || newRoot == MerkleHasher.EmptyRoot);
        }

        if (oldSize == 0)
        {
            return proof.IsEmpty && oldRoot == MerkleHasher.EmptyRoot;
        }

        // An old tree of a power of two is itself a node of the new one, so the proof leaves its hash out.
        return BitOperations.IsPow2(oldSize)
            ? Climb(oldSize, newSize, oldRoot, proof, oldRoot, newRoot)
            : !proof.IsEmpty && Climb(oldSize, newSize, proof[0], proof[1..], oldRoot, newRoot);
    }

    private static bool Climb(
        ulong oldSize, ulong newSize, in Hash256 start, ReadOnlySpan<Hash256> proof, in Hash256 oldRoot, in Hash256 newRoot)
    {
        var node = oldSize - 1;
        var last = newSize - 1;
        var shared = BitOperations.TrailingZeroCount(~node);
        node >>= shared;
        last >>= shared;

        var oldHash = start;
        var newHash = start;
        foreach (ref readonly var sibling in proof)
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                oldHash = MerkleHasher.HashNode(sibling, oldHash);
                newHash = MerkleHasher.HashNode(sibling, newHash);
                SkipLevelsWithoutSibling(ref node, ref last);
            }
            else
            {
                newHash = MerkleHasher.HashNode(newHash, sibling);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && oldHash == oldRoot && newHash == newRoot;
    }

    // On the right edge of a tree that is not perfect, a node without a sibling moves up unhashed.
    private static void SkipLevelsWithoutSibling(ref ulong node, ref ulong last)
    {
        while ((node & 1) == 0 && node != 0)
        {
            node >>= 1;
            last >>= 1;
        }
    }
}
