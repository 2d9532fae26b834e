using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Proofs;

namespace KpGrpc.LedgerServer.Execution.Periods.Statements;

/// <summary>The Merkle tree (RFC 6962 section 2.1) over the final statements of a period, in their order.</summary>
internal static class StatementTree
{
    /// <summary>Root over the statements; SHA-256 of nothing where there are none.</summary>
    public static Hash256 Root(string periodId, IReadOnlyList<FinalStatement> statements) =>
        Fill(periodId, statements, _ => { }).Root();

    /// <summary>Proof that a statement is under the root: siblings from the leaf's up to the root's child.</summary>
    /// <param name="periodId">The period.</param>
    /// <param name="statements">All its statements, in order.</param>
    /// <param name="index">Which one, from 0.</param>
    public static IReadOnlyList<Hash256> Inclusion(string periodId, IReadOnlyList<FinalStatement> statements, int index)
    {
        var nodes = new MemoryNodeStore();
        Fill(periodId, statements, completed => nodes.Add(completed));
        return ProofBuilder.Inclusion(nodes, (ulong)index, (ulong)statements.Count);
    }

    private static CompactRange Fill(string periodId, IReadOnlyList<FinalStatement> statements, Action<MerkleNode[]> onCompleted)
    {
        var range = new CompactRange();
        Span<MerkleNode> completed = stackalloc MerkleNode[TreeLimits.MaxNodesPerAppend];
        foreach (var statement in statements)
        {
            var count = range.Append(statement.LeafHash(periodId), completed);
            onCompleted(completed[..count].ToArray());
        }

        return range;
    }
}
