using System.Text;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.MerkleLog.Tests.Vectors;
using Microsoft.Extensions.Time.Testing;

namespace KpGrpc.MerkleLog.Tests.Notes;

public sealed class NoteVectorTests
{
    [Theory]
    [InlineData("c2sp-example")]
    [InlineData("peter-neumann")]
    public void VerifyBy_VectorNote_IsVerifiedAndWrittenBack(string name)
    {
        var vector = VectorFile.Notes.GetProperty(name);
        var verifier = NoteVerifier.Parse(vector.Text("vkey"));
        Assert.Equal(vector.Text("vkey"), verifier.ToString());
        Assert.True(SignedNote.TryParse(Encoding.UTF8.GetBytes(vector.Text("note")), out var note, out _));
        Assert.Equal(NoteCheck.Verified, note.VerifyBy(verifier));
        Assert.Equal(vector.Text("note"), note.ToString());
    }

    [Fact]
    public void Sign_VectorKeyAndText_GivesVectorNote()
    {
        var vector = VectorFile.Notes.GetProperty("peter-neumann");
        using var signer = NoteSigner.ParsePrivateKey(vector.Text("skey"));
        Assert.Equal(vector.Text("vkey"), signer.Verifier.ToString());
        Assert.Equal(vector.Text("skey"), signer.ExportPrivateKey());
        Assert.Equal(vector.Text("note"), signer.Sign(vector.Text("text")).ToString());
    }

    [Fact]
    public void TryParse_VectorKeysToReject_AreRefused()
    {
        foreach (var line in VectorFile.Notes.GetProperty("peter-neumann").Texts("rejectVkeys"))
        {
            Assert.False(NoteVerifier.TryParse(line.Split(' ')[0], out _, out _));
        }
    }

    [Fact]
    public void Sign_VectorCosigners_GiveVectorLines()
    {
        var vectors = VectorFile.Notes.GetProperty("derived-cosignature-v1");
        Assert.True(SignedNote.TryParse(Encoding.UTF8.GetBytes(vectors.Text("cosignedCheckpoint")), out var note, out _));
        Assert.Equal(vectors.Text("cosignedCheckpoint"), note.ToString());
        foreach (var vector in vectors.GetProperty("cosignatures").EnumerateArray())
        {
            var seconds = (long)vector.Number("timestamp");
            var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(seconds));
            using var cosigner = Cosigner.FromSeed(vector.Text("name"), Convert.FromHexString(vector.Text("seedHex")), time);
            Assert.Equal(vector.Text("vkeyType04"), cosigner.Verifier.ToString());
            Assert.Equal(vector.Text("keyIdType04Hex"), cosigner.Verifier.KeyId.ToString("x8", provider: null));
            Assert.Equal(vector.Text("publicKeyHex"), Convert.ToHexStringLower(cosigner.Verifier.PublicKeyBytes.Span));
            var plain = NoteVerifier.Create(vector.Text("name"), NoteSignatureType.Ed25519, cosigner.Verifier.PublicKeyBytes.Span);
            Assert.Equal(vector.Text("keyIdType01"), plain.KeyId.ToString("x8", provider: null));
            Assert.Equal(vector.Text("signedMessage"), Encoding.UTF8.GetString(Cosignature.Message(seconds, note.TextUtf8.Span)));
            Assert.Equal(vector.Text("signatureLine").TrimEnd('\n'), cosigner.Sign(note.TextUtf8.Span).ToString());
            Assert.Equal(NoteCheck.Verified, note.VerifyBy(NoteVerifier.Parse(vector.Text("vkeyType04")), out var signature));
            Assert.True(Cosignature.TryReadTime(signature!.Signature.Span, out var signedAt));
            Assert.Equal(seconds, signedAt);
        }
    }

    [Fact]
    public void Ed25519_Rfc8032Vectors_SignAndVerify()
    {
        foreach (var vector in VectorFile.Ed25519.GetProperty("vectors").EnumerateArray())
        {
            using var signer = NoteSigner.FromSeed("rfc8032", Convert.FromHexString(vector.Text("seed")));
            var message = Convert.FromHexString(vector.Text("msg"));
            var signature = Convert.FromHexString(vector.Text("sig"));
            Assert.Equal(vector.Text("public"), Convert.ToHexStringLower(signer.Verifier.PublicKeyBytes.Span));
            Assert.Equal(signature, signer.Sign(message).Signature.ToArray());
            Assert.True(signer.Verifier.Verify(message, signature));
            signature[0] ^= 1;
            Assert.False(signer.Verifier.Verify(message, signature));
            Assert.False(signer.Verifier.Verify(message, signature.AsSpan(1)));
        }
    }
}
