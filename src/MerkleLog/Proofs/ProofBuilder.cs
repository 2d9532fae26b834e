using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.MerkleLog.Proofs;

/// <summary>
/// Roots and proofs for every size up to the stored one, computed from complete nodes: at most 128 reads in one batch
/// and 63 hashes. Pure but for the reads; thread-safe if the reader is.
/// </summary>
public static class ProofBuilder
{
    /// <summary>Root of the tree of the first <paramref name="size"/> leaves (RFC 6962 section 2.1).</summary>
    /// <param name="nodes">The store of complete nodes.</param>
    /// <param name="size">0 to the stored size.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is above <see cref="TreeLimits.MaxSize"/>.</exception>
    /// <exception cref="MissingNodeException">The store holds fewer leaves, or is damaged.</exception>
    public static Hash256 Root(INodeReader nodes, ulong size)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, TreeLimits.MaxSize);
        return size == 0 ? MerkleHasher.EmptyRoot : RangeHasher.Hash(nodes, [new LeafRange(0, size)])[0];
    }

    /// <summary>
    /// Hash of the subtree over the leaves [<paramref name="start"/>, <paramref name="end"/>)
    /// (draft-ietf-plants-merkle-tree-certs, section "Subtrees"); over none, <see cref="MerkleHasher.EmptyRoot"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The range is not a subtree.</exception>
    /// <exception cref="MissingNodeException">The store holds fewer leaves, or is damaged.</exception>
    public static Hash256 SubtreeRoot(INodeReader nodes, ulong start, ulong end)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        var range = CheckSubtree(start, end);
        return range.Length == 0 ? MerkleHasher.EmptyRoot : RangeHasher.Hash(nodes, [range])[0];
    }

    /// <summary>
    /// Proof that the leaf at <paramref name="index"/> is in the tree of <paramref name="size"/> leaves: the siblings
    /// from the leaf's up to the root's child (RFC 6962 section 2.1.1, RFC 9162 section 2.1.3.1).
    /// </summary>
    /// <param name="nodes">The store of complete nodes.</param>
    /// <param name="index">Zero-based, below <paramref name="size"/>.</param>
    /// <param name="size">1 to the stored size.</param>
    /// <returns>0 to 63 hashes; none where the leaf is the whole tree.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is not below the size, or the size is above the limit.</exception>
    /// <exception cref="MissingNodeException">The store holds fewer leaves, or is damaged.</exception>
    public static Hash256[] Inclusion(INodeReader nodes, ulong index, ulong size)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, TreeLimits.MaxSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        return Inclusion(nodes, index, new LeafRange(0, size));
    }

    /// <summary>
    /// Proof that the leaf at <paramref name="index"/> is in the subtree [<paramref name="start"/>,
    /// <paramref name="end"/>); verified as an inclusion of <c>index − start</c> in a tree of <c>end − start</c>
    /// leaves (draft-ietf-plants-merkle-tree-certs, section "Subtree Inclusion Proofs").
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The range is not a subtree, or the index is outside it.</exception>
    /// <exception cref="MissingNodeException">The store holds fewer leaves, or is damaged.</exception>
    public static Hash256[] SubtreeInclusion(INodeReader nodes, ulong index, ulong start, ulong end)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        var range = CheckSubtree(start, end);
        ArgumentOutOfRangeException.ThrowIfLessThan(index, start);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, end);
        return Inclusion(nodes, index, range);
    }

    /// <summary>
    /// Proof that the tree of <paramref name="oldSize"/> leaves is a prefix of the one of <paramref name="newSize"/>
    /// (RFC 6962 section 2.1.2, RFC 9162 section 2.1.4.1).
    /// </summary>
    /// <param name="nodes">The store of complete nodes.</param>
    /// <param name="oldSize">0 to <paramref name="newSize"/>; from 0 the proof is empty, as c2sp.org/tlog-witness has it.</param>
    /// <param name="newSize">At most the stored size.</param>
    /// <returns>0 to 64 hashes; none where the sizes are equal.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The old size is above the new one, or the new one above the limit.</exception>
    /// <exception cref="MissingNodeException">The store holds fewer leaves, or is damaged.</exception>
    public static Hash256[] Consistency(INodeReader nodes, ulong oldSize, ulong newSize)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(newSize, TreeLimits.MaxSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, newSize);
        if (oldSize == 0)
        {
            return [];
        }

        // SUBPROOF of RFC 6962 as a loop from the root down, so the ranges come out in reverse.
        Span<LeafRange> ranges = stackalloc LeafRange[TreeLimits.MaxConsistencyHashes];
        var next = ranges.Length;
        var rest = new LeafRange(0, newSize);
        while (rest.End != oldSize)
        {
            var split = rest.Split;
            ranges[--next] = oldSize <= split ? rest with { Start = split } : rest with { End = split };
            rest = oldSize <= split ? rest with { End = split } : rest with { Start = split };
        }

        // A verifier already has the old root; any other subtree that ends where the old tree ends must be given.
        if (rest.Start != 0)
        {
            ranges[--next] = rest;
        }

        return RangeHasher.Hash(nodes, ranges[next..]);
    }

    private static Hash256[] Inclusion(INodeReader nodes, ulong index, LeafRange range)
    {
        Span<LeafRange> siblings = stackalloc LeafRange[TreeLimits.MaxInclusionHashes];
        var next = siblings.Length;
        while (range.Length > 1)
        {
            var split = range.Split;
            siblings[--next] = index < split ? range with { Start = split } : range with { End = split };
            range = index < split ? range with { End = split } : range with { Start = split };
        }

        return RangeHasher.Hash(nodes, siblings[next..]);
    }

    private static LeafRange CheckSubtree(ulong start, ulong end)
    {
        var range = new LeafRange(start, end);
        return range.IsSubtree
            ? range
            : throw new ArgumentOutOfRangeException(nameof(start), $"[{start}, {end}) is not a subtree.");
    }
}
