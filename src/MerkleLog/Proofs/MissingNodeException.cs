using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.MerkleLog.Proofs;

/// <summary>A stored tree lacks a node that it must have: a storage fault, never a client's.</summary>
/// <param name="address">The node that is missing.</param>
public sealed class MissingNodeException(NodeAddress address)
    : Exception($"The log's store has no node {address.Index} at level {address.Level}.")
{
    /// <summary>The node that is missing.</summary>
    public NodeAddress Address { get; } = address;
}
