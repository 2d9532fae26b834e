namespace KpGrpc.MerkleLog.Hashing;

/// <summary>
/// Place of a complete node: the perfect subtree over the leaves
/// [<c>Index · 2^Level</c>, <c>(Index + 1) · 2^Level</c>). Such a node never changes once its last leaf is there,
/// which is why the log stores these nodes and no others.
/// </summary>
/// <param name="Level">Height over the leaves: 0 is a leaf; at most 62, see <see cref="TreeLimits"/>.</param>
/// <param name="Index">Zero-based position from the left within the level.</param>
public readonly record struct NodeAddress(int Level, ulong Index);
