using System.Numerics;
using KpGrpc.MerkleLog.Proofs;

namespace KpGrpc.MerkleLog.Hashing;

/// <summary>
/// The right edge of a growing tree (RFC 9162 section 2.1.2 calls it the stack): one hash for every bit set in the
/// size. It takes a leaf and gives the root in O(log n) time, 2 KiB of memory and no allocation. Not thread-safe.
/// </summary>
public sealed class CompactRange
{
    // Slot l is the hash of the perfect subtree of height l on the right edge; it counts where bit l of Size is set.
    private readonly Hash256[] _peaks = new Hash256[TreeLimits.MaxNodesPerAppend];

    /// <summary>Number of leaves taken so far.</summary>
    public ulong Size { get; private set; }

    /// <summary>Root over all leaves taken so far (RFC 6962 section 2.1); of no leaves, <see cref="MerkleHasher.EmptyRoot"/>.</summary>
    public Hash256 Root()
    {
        if (Size == 0)
        {
            return MerkleHasher.EmptyRoot;
        }

        var level = BitOperations.TrailingZeroCount(Size);
        var root = _peaks[level];
        for (var rest = Size & (Size - 1); rest != 0; rest &= rest - 1)
        {
            root = MerkleHasher.HashNode(_peaks[BitOperations.TrailingZeroCount(rest)], root);
        }

        return root;
    }

    /// <summary>
    /// Appends one leaf and writes the nodes that it completes, leaf first, then upwards. Together with earlier ones
    /// they are all that <see cref="ProofBuilder"/> ever reads: store each before a root over them is signed.
    /// </summary>
    /// <param name="leafHash">Hash of the new leaf, from <see cref="MerkleHasher.HashLeaf"/>.</param>
    /// <param name="completed">Room for <see cref="TreeLimits.MaxNodesPerAppend"/> nodes.</param>
    /// <returns>How many nodes were written: one more than the number of trailing one bits in the leaf's index.</returns>
    /// <exception cref="ArgumentException"><paramref name="completed"/> is too short; nothing was appended.</exception>
    /// <exception cref="InvalidOperationException">The tree holds <see cref="TreeLimits.MaxSize"/> leaves.</exception>
    public int Append(in Hash256 leafHash, Span<MerkleNode> completed)
    {
        if (Size == TreeLimits.MaxSize)
        {
            throw new InvalidOperationException($"The tree is full: it holds {TreeLimits.MaxSize} leaves.");
        }

        var index = Size;
        var count = BitOperations.TrailingZeroCount(~index) + 1;
        if (completed.Length < count)
        {
            throw new ArgumentException($"Room for {count} nodes is needed, {completed.Length} were given.", nameof(completed));
        }

        var hash = leafHash;
        completed[0] = new MerkleNode(new NodeAddress(0, index), hash);
        for (var level = 0; level < count - 1; level++)
        {
            hash = MerkleHasher.HashNode(_peaks[level], hash);
            completed[level + 1] = new MerkleNode(new NodeAddress(level + 1, index >> (level + 1)), hash);
        }

        _peaks[count - 1] = hash;
        Size = index + 1;
        return count;
    }

    /// <summary>An independent copy, for a batch that may have to be given up.</summary>
    public CompactRange Clone()
    {
        var copy = new CompactRange { Size = Size };
        _peaks.CopyTo(copy._peaks, 0);
        return copy;
    }

    /// <summary>Rebuilds the edge of a stored tree; at most 63 nodes are read, in one call.</summary>
    /// <param name="size">Number of leaves, 0 to <see cref="TreeLimits.MaxSize"/>.</param>
    /// <param name="nodes">Where the complete nodes of the tree are stored.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is above the limit.</exception>
    /// <exception cref="MissingNodeException">The store lacks a node that a tree of this size has.</exception>
    public static CompactRange Restore(ulong size, INodeReader nodes)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, TreeLimits.MaxSize);
        Span<NodeAddress> addresses = stackalloc NodeAddress[TreeLimits.MaxNodesPerAppend];
        Span<Hash256> hashes = stackalloc Hash256[TreeLimits.MaxNodesPerAppend];
        var count = new LeafRange(0, size).WriteNodes(addresses);
        nodes.ReadNodes(addresses[..count], hashes[..count]);

        var range = new CompactRange { Size = size };
        for (var i = 0; i < count; i++)
        {
            range._peaks[addresses[i].Level] = hashes[i];
        }

        return range;
    }
}
