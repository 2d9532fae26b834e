using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.MerkleLog.Proofs;

/// <summary>
/// The store of complete nodes, as proofs read it. Complete nodes never change, so an implementation needs no
/// snapshot: a proof for size n is right whatever was appended meanwhile, provided every node that leaves 0 to n − 1
/// completed is visible.
/// </summary>
public interface INodeReader
{
    /// <summary>
    /// Reads several nodes at once, at most 128, so that a store can batch the look-ups.
    /// </summary>
    /// <param name="addresses">Which nodes, in no particular order.</param>
    /// <param name="hashes">As long as <paramref name="addresses"/>; entry i receives the hash of address i.</param>
    /// <exception cref="MissingNodeException">A node is not stored: the log is damaged, or the size was never stored.</exception>
    void ReadNodes(ReadOnlySpan<NodeAddress> addresses, Span<Hash256> hashes);
}
