using System.Text;
using CsCheck;
using KpGrpc.MerkleLog.Notes;

namespace KpGrpc.MerkleLog.Tests.Notes;

public sealed class SignedNoteTests : IDisposable
{
    private readonly NoteSigner _signer = NoteSigner.Generate("example.com/note");

    public void Dispose() => _signer.Dispose();

    [Fact]
    public void TryParse_WrittenNote_GivesItBack() => Gen.String.Array[1, 5].Sample(lines =>
    {
        var text = string.Concat(lines.Select(line => new string([.. line.Where(unit => unit >= ' ' && !char.IsSurrogate(unit))]) + "\n"));
        var bytes = _signer.Sign(text).ToBytes();
        Assert.True(SignedNote.TryParse(bytes, out var note, out _));
        Assert.Equal(text, note.Text);
        Assert.Equal(bytes, note.ToBytes());
        Assert.Equal(NoteCheck.Verified, note.VerifyBy(_signer.Verifier));
    }, iter: 200);

    [Fact]
    public void TryParse_AnyBytes_NeverThrows() => Gen.Byte.Array.Sample(bytes =>
    {
        _ = SignedNote.TryParse(bytes, out _, out _);
        _ = NoteVerifier.TryParse(Encoding.Latin1.GetString(bytes), out _, out _);
        _ = Cosignature.TryReadTime(bytes, out _);
        Assert.False(_signer.Verifier.Verify(bytes, bytes));
    });

    [Theory]
    [InlineData("")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n— name AAAAAAA=")]
    [InlineData("text\n\n— name AAAAAA==\n")]
    [InlineData("text\n\n- name AAAAAAA=\n")]
    [InlineData("text\n\n— na+me AAAAAAA=\n")]
    [InlineData("text\n\n— na\u00a0me AAAAAAA=\n")]
    [InlineData("text\n\n—  AAAAAAA=\n")]
    [InlineData("text\n\n— name AAAAAAB=\n")]
    [InlineData("text\n\n— name AAAAAAA= \n")]
    [InlineData("te\txt\n\n— name AAAAAAA=\n")]
    [InlineData("te\r\n\n— name AAAAAAA=\n")]
    public void TryParse_MalformedNote_IsRefusedWithAReason(string text)
    {
        Assert.False(SignedNote.TryParse(Encoding.UTF8.GetBytes(text), out _, out var fault));
        Assert.NotEmpty(fault);
    }

    [Fact]
    public void TryParse_WellFormedUnknownSignature_IsKept()
    {
        Assert.True(SignedNote.TryParse(Encoding.UTF8.GetBytes("text\n\n— name AAAAAAA=\n"), out var note, out _));
        Assert.Equal(NoteCheck.NotSigned, note.VerifyBy(_signer.Verifier));
    }

    [Fact]
    public void TryParse_InvalidUtf8_IsRefused() =>
        Assert.False(SignedNote.TryParse([0xff, .. "\n\n— name AAAAAAA=\n"u8], out _, out _));

    [Theory]
    [InlineData(NoteLimits.MaxSignatures, true)]
    [InlineData(NoteLimits.MaxSignatures + 1, false)]
    public void TryParse_SignatureCount_IsBounded(int count, bool accepted)
    {
        var text = "text\n\n" + string.Concat(Enumerable.Repeat("— name AAAAAAA=\n", count));
        Assert.Equal(accepted, SignedNote.TryParse(Encoding.UTF8.GetBytes(text), out _, out _));
    }

    [Fact]
    public void TryParse_TooLong_IsRefused() =>
        Assert.False(SignedNote.TryParse(new byte[NoteLimits.MaxBytes + 1], out _, out _));

    [Fact]
    public void VerifyBy_BadLineBesideAGoodOne_IsRefused()
    {
        var note = _signer.Sign("text\n");
        var forged = new NoteSignature(_signer.Verifier.Name, _signer.Verifier.KeyId, new byte[64]);
        Assert.Equal(NoteCheck.BadSignature, note.With(forged).VerifyBy(_signer.Verifier));
    }

    [Fact]
    public void VerifyBy_SameNameOtherKey_IsIgnored()
    {
        using var foreign = NoteSigner.Generate(_signer.Verifier.Name);
        Assert.Equal(NoteCheck.NotSigned, foreign.Sign("text\n").VerifyBy(_signer.Verifier));
    }

    [Theory]
    [InlineData("no newline")]
    [InlineData("control\u0001\n")]
    public void Sign_TextAgainstTheRules_Throws(string text) => Assert.Throws<ArgumentException>(() => _signer.Sign(text));

    // Not inline data: an attribute cannot hold a string that is not well formed.
    [Fact]
    public void Sign_LoneSurrogate_Throws() => Assert.Throws<ArgumentException>(() => _signer.Sign("\ud800\n"));

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a+b")]
    [InlineData("a\nb")]
    public void Generate_BadName_Throws(string name) => Assert.Throws<ArgumentException>(() => NoteSigner.Generate(name));

    [Theory]
    [InlineData("PRIVATE+KEY+name")]
    [InlineData("PRIVATE+KEY+PeterNeumann+c74f20a4+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")]
    public void ParsePrivateKey_Malformed_Throws(string text) => Assert.Throws<FormatException>(() => NoteSigner.ParsePrivateKey(text));
}
