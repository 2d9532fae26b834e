using System.Numerics;
using System.Security.Cryptography;

using KpGrpc.LedgerServer.Admission;

namespace KpGrpc.LedgerServer.Tests.Admission;

public sealed class EcdsaP256SignaturesTests
{
    private static readonly byte[] Message = "message"u8.ToArray();
    private static readonly BigInteger Order = BigInteger.Parse("00ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", System.Globalization.NumberStyles.HexNumber, null);

    [Fact]
    public void Verify_ManyKeys_AcceptsLowSAloneAndNothingChanged()
    {
        for (var i = 0; i < 16; i++)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var compressed = Compress(key.ExportParameters(false).Q);
            var (low, high) = Signatures(key);

            Assert.True(EcdsaP256Signatures.Verify(compressed, Message, low));
            Assert.False(EcdsaP256Signatures.Verify(compressed, Message, high));
            Assert.False(EcdsaP256Signatures.Verify(compressed, "massage"u8, low));
            compressed[0] ^= 1;
            Assert.False(EcdsaP256Signatures.Verify(compressed, Message, low));
        }
    }

    [Fact]
    public void Verify_BadInput_IsFalse()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var q = key.ExportParameters(false).Q;
        var compressed = Compress(q);
        var low = Signatures(key).Low;

        Assert.False(EcdsaP256Signatures.Verify([], Message, low));
        Assert.False(EcdsaP256Signatures.Verify([4, .. q.X!, .. q.Y!], Message, low));
        Assert.False(EcdsaP256Signatures.Verify([0, .. q.X!], Message, low));
        Assert.False(EcdsaP256Signatures.Verify([2, .. Enumerable.Repeat((byte)255, 32)], Message, low));
        Assert.False(EcdsaP256Signatures.Verify(compressed, Message, []));
        Assert.False(EcdsaP256Signatures.Verify(compressed, Message, new byte[64]));
        Assert.False(EcdsaP256Signatures.Verify(compressed, Message, [.. Enumerable.Repeat((byte)255, 32), .. low.AsSpan(32)]));
        Assert.False(EcdsaP256Signatures.Verify(compressed, Message, key.SignData(Message, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));
    }

    // RFC 6979, A.2.5, message "sample"; its s is in the upper half, so the accepted one is the order less it.
    [Fact]
    public void Verify_PublishedVector_AcceptsItsLowForm()
    {
        var x = Convert.FromHexString("60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6");
        var r = Convert.FromHexString("EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716");
        var s = Convert.FromHexString("F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8");

        Assert.False(EcdsaP256Signatures.Verify([3, .. x], "sample"u8, [.. r, .. s]));
        Assert.True(EcdsaP256Signatures.Verify([3, .. x], "sample"u8, [.. r, .. Flip(s)]));
    }

    private static byte[] Compress(ECPoint q) => [(byte)(2 + (q.Y![^1] & 1)), .. q.X!];

    private static (byte[] Low, byte[] High) Signatures(ECDsa key)
    {
        var one = key.SignData(Message, HashAlgorithmName.SHA256);
        byte[] other = [.. one.AsSpan(0, 32), .. Flip(one.AsSpan(32))];
        return one.AsSpan(32).SequenceCompareTo(other.AsSpan(32)) < 0 ? (one, other) : (other, one);
    }

    private static byte[] Flip(ReadOnlySpan<byte> s)
    {
        var bytes = (Order - new BigInteger(s, isUnsigned: true, isBigEndian: true)).ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }
}
