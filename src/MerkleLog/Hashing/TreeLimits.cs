namespace KpGrpc.MerkleLog.Hashing;

/// <summary>Bounds that hold for every tree, proof and checkpoint here.</summary>
public static class TreeLimits
{
    /// <summary>
    /// Most leaves in a tree: 2^63 − 1, the bound of the common Go implementations. Larger sizes are refused when
    /// read, so that no arithmetic on sizes can overflow.
    /// </summary>
    public const ulong MaxSize = long.MaxValue;

    /// <summary>Most nodes that one appended leaf completes: itself and one a level.</summary>
    public const int MaxNodesPerAppend = 63;

    /// <summary>Most hashes in an inclusion proof (RFC 6962 section 2.1.1) under <see cref="MaxSize"/>.</summary>
    public const int MaxInclusionHashes = 63;

    /// <summary>Most hashes in a consistency proof (RFC 6962 section 2.1.2) under <see cref="MaxSize"/>.</summary>
    public const int MaxConsistencyHashes = 64;
}
