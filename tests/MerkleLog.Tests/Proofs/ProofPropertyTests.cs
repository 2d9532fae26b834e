using CsCheck;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Proofs;

namespace KpGrpc.MerkleLog.Tests.Proofs;

public sealed class ProofPropertyTests
{
    private const int MaxSize = 300;
    private static readonly byte[][] Leaves = [.. Enumerable.Range(0, MaxSize).Select(SampleLog.Leaf)];

    private static readonly Gen<(int Small, int Large)> Pairs =
        from large in Gen.Int[1, MaxSize]
        from small in Gen.Int[0, large]
        select (small, large);

    [Fact]
    public void Inclusion_AnyIndexAndSize_MatchesTheDefinitionAndVerifies()
    {
        using var log = new SampleLog(Leaves);
        Pairs.Where(pair => pair.Small < pair.Large).Sample(pair =>
        {
            var (index, size) = ((ulong)pair.Small, (ulong)pair.Large);
            var proof = ProofBuilder.Inclusion(log.Nodes, index, size);
            var leaf = MerkleHasher.HashLeaf(Leaves[index]);
            Assert.Equal(NaiveTree.Path(pair.Small, Leaves.AsSpan(0, pair.Large)), proof.Select(hash => hash.ToArray()));
            Assert.Equal(proof.Length, ProofVerifier.InclusionLength(index, size));
            var root = new Hash256(NaiveTree.Root(Leaves.AsSpan(0, pair.Large)));
            Assert.True(ProofVerifier.VerifyInclusion(leaf, index, size, proof, root));

            foreach (var (flippedProof, flippedRoot, flippedLeaf) in Flips(proof, root, leaf))
            {
                Assert.False(ProofVerifier.VerifyInclusion(flippedLeaf, index, size, flippedProof, flippedRoot));
            }

            Assert.False(ProofVerifier.VerifyInclusion(leaf, index, size, [.. proof, root], root));
            Assert.False(proof.Length > 0 && ProofVerifier.VerifyInclusion(leaf, index, size, proof.AsSpan(1), root));
            Assert.False(proof.Length > 0 && ProofVerifier.VerifyInclusion(leaf, index, size, proof.AsSpan(0, proof.Length - 1), root));
        }, iter: 60);
    }

    [Fact]
    public void Inclusion_AnotherIndex_IsRefused()
    {
        using var log = new SampleLog(Leaves);
        Pairs.Where(pair => pair.Small < pair.Large).Sample(pair =>
        {
            var (index, size) = ((ulong)pair.Small, (ulong)pair.Large);
            var proof = ProofBuilder.Inclusion(log.Nodes, index, size);
            var root = ProofBuilder.Root(log.Nodes, size);
            for (var other = 0UL; other <= size; other++)
            {
                Assert.Equal(other == index, ProofVerifier.VerifyInclusion(MerkleHasher.HashLeaf(Leaves[index]), other, size, proof, root));
            }
        }, iter: 100);
    }

    [Fact]
    public void Consistency_AnySizes_MatchesTheDefinitionAndVerifies()
    {
        using var log = new SampleLog(Leaves);
        Pairs.Where(pair => pair.Small > 0).Sample(pair =>
        {
            var (oldSize, newSize) = ((ulong)pair.Small, (ulong)pair.Large);
            var proof = ProofBuilder.Consistency(log.Nodes, oldSize, newSize);
            Assert.Equal(NaiveTree.Proof(pair.Small, Leaves.AsSpan(0, pair.Large)), proof.Select(hash => hash.ToArray()));
            var oldRoot = new Hash256(NaiveTree.Root(Leaves.AsSpan(0, pair.Small)));
            var newRoot = new Hash256(NaiveTree.Root(Leaves.AsSpan(0, pair.Large)));
            Assert.True(ProofVerifier.VerifyConsistency(oldSize, newSize, proof, oldRoot, newRoot));

            foreach (var (flippedProof, flippedOld, flippedNew) in Flips(proof, oldRoot, newRoot))
            {
                Assert.False(ProofVerifier.VerifyConsistency(oldSize, newSize, flippedProof, flippedOld, flippedNew));
            }

            Assert.False(ProofVerifier.VerifyConsistency(oldSize, newSize, [.. proof, newRoot], oldRoot, newRoot));
            Assert.False(proof.Length > 0 && ProofVerifier.VerifyConsistency(oldSize, newSize, proof.AsSpan(1), oldRoot, newRoot));
            Assert.False(proof.Length > 0 && ProofVerifier.VerifyConsistency(oldSize, newSize, proof.AsSpan(0, proof.Length - 1), oldRoot, newRoot));
        }, iter: 60);
    }

    [Fact]
    public void Verify_AnyNumbersAndHashes_NeverThrows() =>
        Gen.Select(Gen.ULong, Gen.ULong, Gen.Byte.Array[Hash256.Size].Array[0, 70]).Sample((first, second, hashes) =>
        {
            Hash256[] proof = [.. hashes.Select(bytes => new Hash256(bytes))];
            Assert.False(ProofVerifier.VerifyInclusion(default, first, second, proof, default));
            // Every tree extends the empty one, and an empty proof says so: the one case that random numbers can hit.
            var extendsNothing = first == 0 && second is > 0 and <= TreeLimits.MaxSize && proof.Length == 0;
            Assert.Equal(extendsNothing, ProofVerifier.VerifyConsistency(first, second, proof, MerkleHasher.EmptyRoot, default));
        });

    // Every single bit of the proof and of the two other hashes, one at a time.
    private static IEnumerable<(Hash256[] Proof, Hash256 First, Hash256 Second)> Flips(Hash256[] proof, Hash256 first, Hash256 second)
    {
        for (var part = 0; part < proof.Length; part++)
        {
            for (var bit = 0; bit < 8 * Hash256.Size; bit++)
            {
                Hash256[] changed = [.. proof];
                changed[part] = Flip(changed[part], bit);
                yield return (changed, first, second);
            }
        }

        for (var bit = 0; bit < 8 * Hash256.Size; bit++)
        {
            yield return (proof, Flip(first, bit), second);
            yield return (proof, first, Flip(second, bit));
        }
    }

    private static Hash256 Flip(Hash256 hash, int bit)
    {
        var bytes = hash.ToArray();
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        return new Hash256(bytes);
    }
}
