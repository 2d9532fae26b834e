using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Proofs;

namespace KpGrpc.MerkleLog.Tests.Hashing;

public sealed class CompactRangeTests
{
    [Fact]
    public void Append_ThreeHundredLeaves_RootMatchesTheDefinition()
    {
        var leaves = Enumerable.Range(0, 300).Select(SampleLog.Leaf).ToArray();
        var range = new CompactRange();
        var completed = new MerkleNode[TreeLimits.MaxNodesPerAppend];
        for (var size = 0; size <= leaves.Length; size++)
        {
            Assert.Equal(NaiveTree.Root(leaves.AsSpan(0, size)), range.Root().ToArray());
            if (size < leaves.Length)
            {
                range.Append(MerkleHasher.HashLeaf(leaves[size]), completed);
            }
        }
    }

    [Fact]
    public void Append_FourthLeaf_CompletesItselfAndTwoParents()
    {
        var range = new CompactRange();
        var completed = new MerkleNode[3];
        for (var index = 0; index < 3; index++)
        {
            range.Append(MerkleHasher.HashLeaf(SampleLog.Leaf(index)), completed);
        }

        Assert.Equal(3, range.Append(MerkleHasher.HashLeaf(SampleLog.Leaf(3)), completed));
        Assert.Equal([new(0, 3), new(1, 1), new(2, 0)], completed.Select(node => node.Address));
        Assert.Equal(range.Root(), completed[2].Hash);
    }

    [Fact]
    public void Append_NoRoom_ThrowsAndAppendsNothing()
    {
        var range = new CompactRange();
        range.Append(MerkleHasher.EmptyRoot, new MerkleNode[1]);
        var root = range.Root();
        Assert.Throws<ArgumentException>(() => range.Append(MerkleHasher.EmptyRoot, new MerkleNode[1]));
        Assert.Equal((1UL, root), (range.Size, range.Root()));
    }

    [Fact]
    public void Restore_EverySize_ContinuesAsTheOriginal()
    {
        using var log = SampleLog.OfSize(130);
        var completed = new MerkleNode[TreeLimits.MaxNodesPerAppend];
        for (var size = 0; size < 130; size++)
        {
            var range = CompactRange.Restore((ulong)size, log.Nodes);
            Assert.Equal(ProofBuilder.Root(log.Nodes, (ulong)size), range.Root());
            range.Append(MerkleHasher.HashLeaf(log.Leaves[size]), completed);
            Assert.Equal(ProofBuilder.Root(log.Nodes, (ulong)size + 1), range.Root());
        }
    }

    [Fact]
    public void Restore_BeyondTheStore_NamesTheMissingNode()
    {
        using var log = SampleLog.OfSize(4);
        var failure = Assert.Throws<MissingNodeException>(() => CompactRange.Restore(5, log.Nodes));
        Assert.Equal(new NodeAddress(0, 4), failure.Address);
    }

    [Fact]
    public void Clone_Appended_LeavesTheOriginalAlone()
    {
        using var log = SampleLog.OfSize(5);
        var root = log.Range.Root();
        log.Range.Clone().Append(MerkleHasher.EmptyRoot, new MerkleNode[TreeLimits.MaxNodesPerAppend]);
        Assert.Equal((5UL, root), (log.Range.Size, log.Range.Root()));
    }
}
