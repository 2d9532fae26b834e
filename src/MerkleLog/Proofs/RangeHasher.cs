using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.MerkleLog.Proofs;

/// <summary>Computes the hashes of subtrees from complete nodes, with one read for all of them.</summary>
internal static class RangeHasher
{
    // A proof has at most 64 ranges; only one of them, on the right edge, needs more than one node (at most 62).
    private const int MaxNodes = 128;

    public static Hash256[] Hash(INodeReader nodes, ReadOnlySpan<LeafRange> ranges)
    {
        Span<NodeAddress> addresses = stackalloc NodeAddress[MaxNodes];
        var count = 0;
        foreach (var range in ranges)
        {
            count += range.WriteNodes(addresses[count..]);
        }

        Span<Hash256> hashes = stackalloc Hash256[MaxNodes];
        nodes.ReadNodes(addresses[..count], hashes[..count]);

        var result = new Hash256[ranges.Length];
        var next = 0;
        for (var i = 0; i < ranges.Length; i++)
        {
            result[i] = Fold(hashes.Slice(next, ranges[i].NodeCount));
            next += ranges[i].NodeCount;
        }

        return result;
    }

    private static Hash256 Fold(ReadOnlySpan<Hash256> perfectSubtrees)
    {
        var hash = perfectSubtrees[^1];
        for (var i = perfectSubtrees.Length - 2; i >= 0; i--)
        {
            hash = MerkleHasher.HashNode(perfectSubtrees[i], hash);
        }

        return hash;
    }
}
