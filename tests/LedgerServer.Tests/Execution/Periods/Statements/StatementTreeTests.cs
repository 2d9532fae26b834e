using System.Text;
using KpGrpc.LedgerServer.Execution.Periods.Statements;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Proofs;

namespace KpGrpc.LedgerServer.Tests.Execution.Periods.Statements;

public sealed class StatementTreeTests
{
    [Fact]
    public void Encode_Statement_IsTheContractsText() =>
        Assert.Equal(
            "kp-statement/v1\n2026-11\nprod\nEUR\n2\n-5\n10\n18446744073709551616\n18446744073709551601\n",
            Encoding.UTF8.GetString(Of("prod", -5, 10, (UInt128)1 << 64).Encode("2026-11")));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(8)]
    public void Root_AnyCount_IsThatOfRfc6962AndProvesEveryStatement(int count)
    {
        var statements = Enumerable.Range(0, count).Select(i => Of($"o{i}", i, 0, 1)).ToArray();
        var leaves = statements.Select(statement => statement.LeafHash("p")).ToArray();

        var root = StatementTree.Root("p", statements);

        Assert.Equal(Naive(leaves), root);
        for (var i = 0; i < count; i++)
        {
            var path = StatementTree.Inclusion("p", statements, i);
            Assert.True(ProofVerifier.VerifyInclusion(leaves[i], (ulong)i, (ulong)count, [.. path], root));
        }
    }

    private static FinalStatement Of(string organizationId, Int128 opening, UInt128 debits, UInt128 credits) =>
        new(new StatementKey(organizationId, "EUR"), 2, opening, new StatementSums(debits, credits));

    // Recursive, as the RFC writes it.
    private static Hash256 Naive(ReadOnlySpan<Hash256> leaves)
    {
        if (leaves.Length < 2)
        {
            return leaves.Length == 0 ? MerkleHasher.EmptyRoot : leaves[0];
        }

        var split = 1;
        while (split * 2 < leaves.Length)
        {
            split *= 2;
        }

        return MerkleHasher.HashNode(Naive(leaves[..split]), Naive(leaves[split..]));
    }
}
