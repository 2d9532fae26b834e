using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Proofs;

namespace KpGrpc.MerkleLog.Tests.Proofs;

public sealed class ProofBuilderTests : IDisposable
{
    private readonly SampleLog _log = SampleLog.OfSize(7);

    public void Dispose() => _log.Dispose();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(7, 7)]
    [InlineData(8, 7)]
    [InlineData(0, TreeLimits.MaxSize + 1)]
    public void Inclusion_IndexOrSizeOutOfRange_Throws(ulong index, ulong size) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ProofBuilder.Inclusion(_log.Nodes, index, size));

    [Theory]
    [InlineData(3, 2)]
    [InlineData(1, TreeLimits.MaxSize + 1)]
    public void Consistency_SizesOutOfRange_Throws(ulong oldSize, ulong newSize) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ProofBuilder.Consistency(_log.Nodes, oldSize, newSize));

    [Fact]
    public void Inclusion_BeyondTheStore_ThrowsMissingNode() =>
        Assert.Throws<MissingNodeException>(() => ProofBuilder.Inclusion(_log.Nodes, 0, 8));

    [Fact]
    public void Inclusion_OnlyLeaf_IsEmptyAndVerifies()
    {
        var leaf = MerkleHasher.HashLeaf(_log.Leaves[0]);
        Assert.Empty(ProofBuilder.Inclusion(_log.Nodes, 0, 1));
        Assert.True(ProofVerifier.VerifyInclusion(leaf, 0, 1, [], leaf));
        Assert.False(ProofVerifier.VerifyInclusion(leaf, 0, 0, [], MerkleHasher.EmptyRoot));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 7)]
    [InlineData(7, 7)]
    public void Consistency_FromNothingOrToItself_IsEmptyAndVerifies(ulong oldSize, ulong newSize)
    {
        var (oldRoot, newRoot) = (ProofBuilder.Root(_log.Nodes, oldSize), ProofBuilder.Root(_log.Nodes, newSize));
        Assert.Empty(ProofBuilder.Consistency(_log.Nodes, oldSize, newSize));
        Assert.True(ProofVerifier.VerifyConsistency(oldSize, newSize, [], oldRoot, newRoot));
        Assert.False(ProofVerifier.VerifyConsistency(oldSize, newSize, [newRoot], oldRoot, newRoot));
        Assert.False(ProofVerifier.VerifyConsistency(oldSize, newSize, [], default, newRoot));
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(4, 3)]
    public void SubtreeRoot_NoSubtree_Throws(ulong start, ulong end) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ProofBuilder.SubtreeRoot(_log.Nodes, start, end));

    [Fact]
    public void Proofs_LargestSize_StayWithinTheLimits()
    {
        var zeros = new ZeroNodes();
        Assert.Equal(63, ProofBuilder.Inclusion(zeros, 0, TreeLimits.MaxSize).Length);
        Assert.Equal(63, ProofVerifier.InclusionLength(0, TreeLimits.MaxSize));
        Assert.InRange(ProofBuilder.Consistency(zeros, 1, TreeLimits.MaxSize).Length, 1, TreeLimits.MaxConsistencyHashes);
        Assert.InRange(ProofBuilder.Consistency(zeros, TreeLimits.MaxSize - 1, TreeLimits.MaxSize).Length, 1, TreeLimits.MaxConsistencyHashes);
        Assert.InRange(ProofBuilder.Consistency(zeros, 3, TreeLimits.MaxSize).Length, 1, TreeLimits.MaxConsistencyHashes);
    }

    private sealed class ZeroNodes : INodeReader
    {
        public void ReadNodes(ReadOnlySpan<NodeAddress> addresses, Span<Hash256> hashes) => hashes.Clear();
    }
}
