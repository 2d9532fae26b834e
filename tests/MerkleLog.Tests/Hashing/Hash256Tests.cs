using CsCheck;
using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.MerkleLog.Tests.Hashing;

public sealed class Hash256Tests
{
    [Fact]
    public void Conversions_AnyBytes_GiveThemBack() => Gen.Byte.Array[Hash256.Size].Sample(bytes =>
    {
        var hash = new Hash256(bytes);
        Assert.Equal(bytes, hash.ToArray());
        Assert.Equal(hash, Hash256.FromHex(hash.ToHex()));
        Assert.Equal(Convert.ToHexStringLower(bytes), hash.ToHex());
        Assert.True(Hash256.TryFromBase64(hash.ToBase64(), out var read));
        Assert.True(read == hash);
    });

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA \n")]
    [InlineData("AAAAAAAAAAAAAAAAAAAA\nAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void TryFromBase64_NotCanonical_IsRefused(string text) => Assert.False(Hash256.TryFromBase64(text, out _));

    [Fact]
    public void Constructor_WrongLength_Throws() => Assert.Throws<ArgumentException>(() => new Hash256(new byte[31]));

    [Theory]
    [InlineData("00")]
    [InlineData("zz00000000000000000000000000000000000000000000000000000000000000")]
    public void FromHex_NotHex_Throws(string text) => Assert.Throws<FormatException>(() => Hash256.FromHex(text));

    [Theory]
    [InlineData(0)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(70_000)]
    public void HashLeaf_AnyLength_MatchesTheDefinition(int length)
    {
        var leaf = new byte[length];
        Array.Fill(leaf, (byte)3);
        Assert.Equal(NaiveTree.Root([leaf]), MerkleHasher.HashLeaf(leaf).ToArray());
    }
}
