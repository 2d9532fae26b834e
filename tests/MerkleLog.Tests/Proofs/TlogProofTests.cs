using System.Text;
using CsCheck;
using KpGrpc.MerkleLog.Proofs;

namespace KpGrpc.MerkleLog.Tests.Proofs;

public sealed class TlogProofTests : IDisposable
{
    private readonly SampleLog _log = SampleLog.OfSize(20);

    public void Dispose() => _log.Dispose();

    [Fact]
    public void TryParse_WrittenProof_GivesItBack() =>
        Gen.Select(Gen.ULong[0, 12], Gen.ULong[13, 20], Gen.Byte.Array[0, 40]).Sample((index, size, extra) =>
        {
            var written = new TlogProof(index, ProofBuilder.Inclusion(_log.Nodes, index, size), _log.Checkpoint(size), extra);
            Assert.True(TlogProof.TryParse(written.ToBytes(), out var read, out _));
            Assert.Equal(written.ToBytes(), read.ToBytes());
            Assert.Equal((index, size), (read.Index, read.Checkpoint.Checkpoint.Size));
            Assert.Equal(extra, read.Extra.ToArray());
            Assert.Equal(written.Hashes, read.Hashes);
        }, iter: 200);

    [Fact]
    public void ToString_ThreeLeaves_IsTheDocumentedForm()
    {
        var lines = _log.Prove(2, 3).ToString().Split('\n');
        Assert.Equal(["c2sp.org/tlog-proof@v1", "index 2", ProofBuilder.Root(_log.Nodes, 2).ToBase64(), "", SampleLog.Origin, "3"], lines[..6]);
    }

    [Fact]
    public void TryParse_Truncated_IsRefused()
    {
        var bytes = _log.Prove(2, 20).ToBytes();
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(TlogProof.TryParse(bytes.AsSpan(0, length), out _, out var fault));
            Assert.NotEmpty(fault);
        }
    }

    [Theory]
    [InlineData("index 2\n", "index 02\n")]
    [InlineData("index 2\n", "index +2\n")]
    [InlineData("index 2\n", "index 9223372036854775808\n")]
    [InlineData("index 2\n", "index  2\n")]
    [InlineData("index 2\n", "")]
    [InlineData("index 2\n", "extra \nindex 2\n")]
    [InlineData("index 2\n", "extra A\nindex 2\n")]
    [InlineData("index 2\n", "index 2\nextra AAAA\n")]
    [InlineData("index 2\n", "extra AAAA\nextra AAAA\nindex 2\n")]
    [InlineData("index 2\n", "index 2\nAAAA\n")]
    [InlineData("proof@v1", "proof@v2")]
    [InlineData("\n\nexample", "\n\n\nexample")]
    [InlineData("\n", "\r\n")]
    public void TryParse_Malformed_IsRefused(string part, string replacement)
    {
        var text = _log.Prove(2, 20).ToString().Replace(part, replacement, StringComparison.Ordinal);
        Assert.False(TlogProof.TryParse(Encoding.UTF8.GetBytes(text), out _, out _));
    }

    [Fact]
    public void TryParse_AnyBytes_NeverThrows() => Gen.Byte.Array.Sample(bytes =>
    {
        _ = TlogProof.TryParse(bytes, out _, out _);
        _ = TlogProof.TryParse([.. "c2sp.org/tlog-proof@v1\nindex 0\n"u8, .. bytes], out _, out _);
        _ = TlogProof.TryParse([.. "c2sp.org/tlog-proof@v1\nindex 0\n\norigin\n"u8, .. bytes], out _, out _);
    });

    [Fact]
    public void TryParse_TooManyHashes_IsRefused()
    {
        var proof = _log.Prove(0, 1).ToString();
        var text = proof.Replace("index 0\n", "index 0\n" + string.Concat(Enumerable.Repeat($"{default(MerkleLog.Hashing.Hash256).ToBase64()}\n", 64)), StringComparison.Ordinal);
        Assert.False(TlogProof.TryParse(Encoding.UTF8.GetBytes(text), out _, out _));
    }
}
