using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Proofs;
using KpGrpc.MerkleLog.Tests.Vectors;

namespace KpGrpc.MerkleLog.Tests.Hashing;

public sealed class Rfc6962VectorTests : IDisposable
{
    private readonly SampleLog _small = new(VectorFile.Merkle.Texts("leafInputsHex").Select(Convert.FromHexString));
    private readonly SampleLog _accumulated = new(Enumerable.Range(0, 130).Select(value => new[] { (byte)value }));

    public void Dispose()
    {
        _small.Dispose();
        _accumulated.Dispose();
    }

    [Fact]
    public void HashLeaf_VectorInputs_GivesVectorHashes() =>
        Assert.Equal(VectorFile.Merkle.Texts("leafHashes"), _small.Leaves.Select(leaf => MerkleHasher.HashLeaf(leaf).ToHex()));

    [Theory]
    [InlineData("nodeHashesLevel1", 1)]
    [InlineData("nodeHashesLevel2", 2)]
    public void Append_VectorLeaves_CompletesVectorNodes(string property, int level)
    {
        var expected = VectorFile.Merkle.Texts(property).ToArray();
        var actual = new Hash256[expected.Length];
        _small.Nodes.ReadNodes([.. expected.Select((_, index) => new NodeAddress(level, (ulong)index))], actual);
        Assert.Equal(expected, actual.Select(hash => hash.ToHex()));
    }

    [Fact]
    public void Root_EverySize_GivesVectorRoot()
    {
        var range = new CompactRange();
        foreach (var expected in VectorFile.Merkle.GetProperty("rootBySize").EnumerateObject())
        {
            Assert.Equal(ulong.Parse(expected.Name, provider: null), range.Size);
            Assert.Equal(expected.Value.GetString(), range.Root().ToHex());
            Assert.Equal(expected.Value.GetString(), ProofBuilder.Root(_small.Nodes, range.Size).ToHex());
            if (range.Size < (ulong)_small.Leaves.Length)
            {
                range.Append(MerkleHasher.HashLeaf(_small.Leaves[range.Size]), new MerkleNode[TreeLimits.MaxNodesPerAppend]);
            }
        }
    }

    [Theory]
    [InlineData("upstreamInclusion", 5)]
    [InlineData("allInclusion", 36)]
    public void Inclusion_Vectors_AreBuiltAndVerified(string property, int count)
    {
        var vectors = VectorFile.Merkle.GetProperty(property);
        Assert.Equal(count, vectors.GetArrayLength());
        foreach (var vector in vectors.EnumerateArray())
        {
            var (index, size) = (vector.Number("leafIndex"), vector.Number("treeSize"));
            var proof = ReadProof(vector);
            Assert.Equal(proof, ProofBuilder.Inclusion(_small.Nodes, index, size));
            Assert.True(ProofVerifier.VerifyInclusion(MerkleHasher.HashLeaf(_small.Leaves[index]), index, size, proof, Root(size)));
        }
    }

    [Theory]
    [InlineData("upstreamConsistency", 5)]
    [InlineData("allConsistency", 36)]
    public void Consistency_Vectors_AreBuiltAndVerified(string property, int count)
    {
        var vectors = VectorFile.Merkle.GetProperty(property);
        Assert.Equal(count, vectors.GetArrayLength());
        foreach (var vector in vectors.EnumerateArray())
        {
            var (oldSize, newSize) = (vector.Number("size1"), vector.Number("size2"));
            var proof = ReadProof(vector);
            Assert.Equal(proof, ProofBuilder.Consistency(_small.Nodes, oldSize, newSize));
            Assert.True(ProofVerifier.VerifyConsistency(oldSize, newSize, proof, Root(oldSize), Root(newSize)));
        }
    }

    [Fact]
    public void Root_Accumulated_GivesVectorDigest() => AssertDigest(
        VectorFile.Accumulated.GetProperty("derived").GetProperty("roots").Text("sha256"),
        Sizes().Select(size => $"{size} {ProofBuilder.Root(_accumulated.Nodes, size)}"));

    [Fact]
    public void Inclusion_Accumulated_GivesVectorDigest() => AssertDigest(
        VectorFile.Accumulated.GetProperty("derived").GetProperty("inclusion").Text("sha256"),
        from size in Sizes()
        from index in Sizes().TakeWhile(index => index < size)
        select Line($"{index} {size}", ProofBuilder.Inclusion(_accumulated.Nodes, index, size)));

    [Fact]
    public void Consistency_Accumulated_GivesVectorDigest() => AssertDigest(
        VectorFile.Accumulated.GetProperty("derived").GetProperty("consistency").Text("sha256"),
        from newSize in Sizes()
        from oldSize in Sizes().Skip(1).TakeWhile(oldSize => oldSize <= newSize)
        select Line($"{oldSize} {newSize}", ProofBuilder.Consistency(_accumulated.Nodes, oldSize, newSize)));

    [Fact]
    public void SubtreeRoot_Accumulated_GivesVectorDigest() => AssertDigest(
        VectorFile.Accumulated.GetProperty("upstream").GetProperty("subtreeHashes").Text("sha256OfAllLines"),
        from subtree in Subtrees()
        select $"[{subtree.Start}, {subtree.End}) {ProofBuilder.SubtreeRoot(_accumulated.Nodes, subtree.Start, subtree.End)}");

    [Fact]
    public void SubtreeInclusion_Accumulated_GivesVectorDigest() => AssertDigest(
        VectorFile.Accumulated.GetProperty("upstream").GetProperty("subtreeInclusion").Text("sha256OfAllLines"),
        from subtree in Subtrees()
        from offset in Sizes().TakeWhile(offset => offset < subtree.Length)
        let index = subtree.Start + offset
        select Line(
            $"{index} [{subtree.Start}, {subtree.End})",
            ProofBuilder.SubtreeInclusion(_accumulated.Nodes, index, subtree.Start, subtree.End)));

    private static IEnumerable<ulong> Sizes() => Enumerable.Range(0, 131).Select(size => (ulong)size);

    private static IEnumerable<LeafRange> Subtrees() =>
        from end in Sizes()
        from start in Sizes().TakeWhile(start => start <= end)
        let range = new LeafRange(start, end)
        where range.IsSubtree
        select range;

    private static string Line(string place, Hash256[] proof) => string.Join(' ', [place, .. proof.Select(hash => hash.ToHex())]);

    private static void AssertDigest(string expected, IEnumerable<string> lines)
    {
        var text = string.Concat(lines.Select(line => line + "\n"));
        Assert.Equal(expected, Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text))));
    }

    private static Hash256[] ReadProof(JsonElement vector) => [.. vector.Texts("proof").Select(Hash256.FromHex)];

    private static Hash256 Root(ulong size) =>
        Hash256.FromHex(VectorFile.Merkle.GetProperty("rootBySize").Text(size.ToString(provider: null)));
}
