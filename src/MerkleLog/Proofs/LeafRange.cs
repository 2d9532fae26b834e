using System.Numerics;
using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.MerkleLog.Proofs;

/// <summary>
/// Leaves [Start, End) that form one subtree of an RFC 6962 tree: Start is a multiple of the smallest power of two
/// that is not below the length.
/// </summary>
internal readonly record struct LeafRange(ulong Start, ulong End)
{
    public ulong Length => End - Start;

    /// <summary>Number of complete nodes that cover the range.</summary>
    public int NodeCount => BitOperations.PopCount(Length);

    /// <summary>Where RFC 6962 section 2.1 splits it: after the largest power of two below the length.</summary>
    public ulong Split => Start + (1UL << BitOperations.Log2(Length - 1));

    /// <summary>Whether the range is a subtree, an empty one included (draft-ietf-plants-merkle-tree-certs, section "Subtrees").</summary>
    public bool IsSubtree =>
        Start <= End && End <= TreeLimits.MaxSize && (Length == 0 || (Start & (BitOperations.RoundUpToPowerOf2(Length) - 1)) == 0);

    /// <summary>Writes the addresses of the covering complete nodes, from the left; returns how many.</summary>
    public int WriteNodes(Span<NodeAddress> addresses)
    {
        var start = Start;
        var count = 0;
        for (var rest = Length; rest != 0;)
        {
            var level = BitOperations.Log2(rest);
            addresses[count++] = new NodeAddress(level, start >> level);
            start += 1UL << level;
            rest -= 1UL << level;
        }

        return count;
    }
}
