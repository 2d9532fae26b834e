using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.MerkleLog.Proofs;

/// <summary>
/// Complete nodes in memory, 64 bytes a leaf: for a log that fits, for rebuilding one from its leaves in an audit, and
/// for tests. Not thread-safe.
/// </summary>
public sealed class MemoryNodeStore : INodeReader
{
    private readonly List<Hash256>[] _levels = [.. Enumerable.Range(0, TreeLimits.MaxNodesPerAppend).Select(_ => new List<Hash256>())];

    /// <summary>Adds nodes in the order in which <see cref="CompactRange.Append"/> completes them.</summary>
    /// <exception cref="ArgumentException">A node is not the next one of its level.</exception>
    public void Add(ReadOnlySpan<MerkleNode> completed)
    {
        foreach (var node in completed)
        {
            var level = _levels[node.Address.Level];
            if (node.Address.Index != (ulong)level.Count)
            {
                throw new ArgumentException(
                    $"Node {node.Address.Index} at level {node.Address.Level} came where {level.Count} is next.", nameof(completed));
            }

            level.Add(node.Hash);
        }
    }

    /// <inheritdoc/>
    public void ReadNodes(ReadOnlySpan<NodeAddress> addresses, Span<Hash256> hashes)
    {
        for (var i = 0; i < addresses.Length; i++)
        {
            var level = _levels[addresses[i].Level];
            if (addresses[i].Index >= (ulong)level.Count)
            {
                throw new MissingNodeException(addresses[i]);
            }

            hashes[i] = level[(int)addresses[i].Index];
        }
    }
}
