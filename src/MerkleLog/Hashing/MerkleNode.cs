namespace KpGrpc.MerkleLog.Hashing;

/// <summary>A complete node, ready to be stored: it is final.</summary>
/// <param name="Address">Where it stands in the tree.</param>
/// <param name="Hash">Merkle tree hash of the leaves under it.</param>
public readonly record struct MerkleNode(NodeAddress Address, Hash256 Hash);
