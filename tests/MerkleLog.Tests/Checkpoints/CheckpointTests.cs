using System.Text;
using CsCheck;
using KpGrpc.MerkleLog.Checkpoints;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.MerkleLog.Proofs;
using KpGrpc.MerkleLog.Tests.Vectors;

namespace KpGrpc.MerkleLog.Tests.Checkpoints;

public sealed class CheckpointTests
{
    private const string EmptyRoot = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    [Fact]
    public void Sign_VectorLog_GivesEveryVectorCheckpoint()
    {
        var vector = VectorFile.Notes.GetProperty("tessera-testdata-log");
        using var log = new SampleLog(vector.Texts("entriesUtf8").Select(Encoding.UTF8.GetBytes));
        using var signer = NoteSigner.ParsePrivateKey(vector.Text("skey"));
        var verifier = NoteVerifier.Parse(vector.Text("vkey"));
        var checkpoints = vector.GetProperty("checkpoints").EnumerateObject().ToArray();
        Assert.Equal(16, checkpoints.Length);
        foreach (var entry in checkpoints)
        {
            var size = ulong.Parse(entry.Name, provider: null);
            var expected = new Checkpoint(verifier.Name, size, ProofBuilder.Root(log.Nodes, size));
            Assert.Equal(entry.Value.GetString(), SignedCheckpoint.Sign(expected, signer).ToString());
            Assert.True(SignedCheckpoint.TryParse(Encoding.UTF8.GetBytes(entry.Value.GetString()!), out var read, out _));
            Assert.Equal((size, expected.Root), (read.Checkpoint.Size, read.Checkpoint.Root));
            Assert.Equal(NoteCheck.Verified, read.Note.VerifyBy(verifier));
        }
    }

    [Fact]
    public void TryParse_SpecificationExample_GivesItsParts()
    {
        var vector = VectorFile.Notes.GetProperty("c2sp-behind-the-sofa-parse-only");
        Assert.True(SignedCheckpoint.TryParse(Encoding.UTF8.GetBytes(vector.Text("checkpoint")), out var read, out _));
        Assert.Equal(vector.Number("size"), read.Checkpoint.Size);
        Assert.Equal(vector.Text("rootHex"), read.Checkpoint.Root.ToHex());
        var witness = read.Note.Signatures[1];
        Assert.Equal(vector.Text("witnessKeyIdHex"), witness.KeyId.ToString("x8", provider: null));
        Assert.True(Cosignature.TryReadTime(witness.Signature.Span, out var time));
        Assert.Equal(vector.Number("witnessTimestamp"), (ulong)time);
        Assert.Equal(vector.Text("checkpoint"), read.ToString());
    }

    [Fact]
    public void TryParse_AddCheckpointRequestBody_GivesItsCheckpoint()
    {
        var request = VectorFile.Notes.Text("addCheckpointRequestExample");
        var lines = request[..request.IndexOf("\n\n", StringComparison.Ordinal)].Split('\n');
        Assert.All(lines.Skip(1), line => Assert.True(Hash256.TryFromBase64(line, out _)));
        var body = request[(request.IndexOf("\n\n", StringComparison.Ordinal) + 2)..];
        Assert.True(SignedCheckpoint.TryParse(Encoding.UTF8.GetBytes(body), out var read, out _));
        Assert.Equal(20852163UL, read.Checkpoint.Size);
    }

    [Fact]
    public void TryParse_WrittenCheckpoint_GivesItBack() =>
        Gen.Select(Gen.ULong[0, TreeLimits.MaxSize], Gen.Byte.Array[Hash256.Size], Gen.String.AlphaNumeric.Array[0, 3]).Sample((size, root, lines) =>
        {
            var text = new Checkpoint("example.com/本 log", size, new Hash256(root), [.. lines.Select(line => $"extra {line}")]).ToString();
            Assert.True(Checkpoint.TryParse(text, out var read, out _));
            Assert.Equal(text, read.ToString());
            Assert.Equal(size, read.Size);
        });

    [Theory]
    [InlineData("")]
    [InlineData("origin\n")]
    [InlineData("origin\n0\n")]
    [InlineData("\n0\n" + EmptyRoot + "\n")]
    [InlineData("origin\n00\n" + EmptyRoot + "\n")]
    [InlineData("origin\n01\n" + EmptyRoot + "\n")]
    [InlineData("origin\n+1\n" + EmptyRoot + "\n")]
    [InlineData("origin\n-1\n" + EmptyRoot + "\n")]
    [InlineData("origin\n1 \n" + EmptyRoot + "\n")]
    [InlineData("origin\n٣\n" + EmptyRoot + "\n")]
    [InlineData("origin\n9223372036854775808\n" + EmptyRoot + "\n")]
    [InlineData("origin\n0\n" + EmptyRoot)]
    [InlineData("origin\n0\n" + EmptyRoot + "\n\n")]
    [InlineData("origin\n0\n" + EmptyRoot + "\nextension")]
    [InlineData("origin\n0\nAAAA\n")]
    public void TryParse_MalformedText_IsRefusedWithAReason(string text)
    {
        Assert.False(Checkpoint.TryParse(text, out _, out var fault));
        Assert.NotEmpty(fault);
    }

    [Fact]
    public void TryParse_AnyText_NeverThrows() => Gen.String.Sample(text =>
    {
        _ = Checkpoint.TryParse(text, out _, out _);
        _ = Checkpoint.TryParse($"{text}\n1\n{EmptyRoot}\n{text}\n", out _, out _);
    });
}
