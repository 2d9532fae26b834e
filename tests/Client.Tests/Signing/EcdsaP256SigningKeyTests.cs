using System.Numerics;
using System.Security.Cryptography;

using KpGrpc.Client.Signing;
using KpGrpc.Protos.Membership.V1;

namespace KpGrpc.Client.Tests.Signing;

public sealed class EcdsaP256SigningKeyTests
{
    private static readonly BigInteger Order = Number(Convert.FromHexString("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"));

    // RFC 6979, A.2.5: the private number and the public point that belongs to it; y ends in 0x99, so it is odd.
    [Fact]
    public void FromSeed_PublishedKey_HasThePublishedPoint()
    {
        using var key = SigningKey.FromSeed(
            "org", "org-1", Convert.FromHexString("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721"), KeyAlgorithm.EcdsaP256Sha256);

        Assert.Equal("0360FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6", Convert.ToHexString(key.ExportPublicKey()));
        Assert.Equal("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721", Convert.ToHexString(key.ExportSeed()));
    }

    [Fact]
    public void Sign_ManyMessages_VerifiesAndIsAlwaysLow()
    {
        using var key = SigningKey.Generate("org", "org-1", KeyAlgorithm.EcdsaP256Sha256);
        using var verifier = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = key.ExportSeed() });
        for (var i = 0; i < 64; i++)
        {
            var message = BitConverter.GetBytes(i);
            var signature = key.Sign(message);

            Assert.Equal(SigningKey.SignatureBytes, signature.Length);
            Assert.True(Number(signature.AsSpan(32)) <= Order >> 1);
            Assert.True(verifier.VerifyData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
        }
    }

    [Fact]
    public void Generate_ThenFromItsSeed_IsTheSameKey()
    {
        using var key = SigningKey.Generate("org", "org-1", KeyAlgorithm.EcdsaP256Sha256);
        using var again = SigningKey.FromSeed("org", "org-1", key.ExportSeed(), KeyAlgorithm.EcdsaP256Sha256);

        Assert.Equal(33, key.ExportPublicKey().Length);
        Assert.Equal(key.ExportPublicKey(), again.ExportPublicKey());
        Assert.Equal(KeyAlgorithm.EcdsaP256Sha256, again.Algorithm);
    }

    [Fact]
    public void Sign_ByManyThreads_VerifiesEachTime()
    {
        using var key = SigningKey.Generate("org", "org-1", KeyAlgorithm.EcdsaP256Sha256);
        using var verifier = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = key.ExportSeed() });
        var signatures = Enumerable.Range(0, 200).AsParallel().WithDegreeOfParallelism(8).Select(i => (Message: BitConverter.GetBytes(i), Signature: key.Sign(BitConverter.GetBytes(i)))).ToArray();

        Assert.All(signatures, signed => Assert.True(verifier.VerifyData(signed.Message, signed.Signature, HashAlgorithmName.SHA256)));
    }

    [Fact]
    public void FromSeed_NoPrivateNumberOfTheCurve_Throws()
    {
        Assert.Throws<ArgumentException>(() => SigningKey.FromSeed("org", "org-1", new byte[32], KeyAlgorithm.EcdsaP256Sha256));
        Assert.Throws<ArgumentException>(() => SigningKey.FromSeed("org", "org-1", Enumerable.Repeat((byte)255, 32).ToArray(), KeyAlgorithm.EcdsaP256Sha256));
        Assert.Throws<ArgumentException>(() => SigningKey.FromSeed("org", "org-1", new byte[31], KeyAlgorithm.EcdsaP256Sha256));
        Assert.Throws<ArgumentException>(() => SigningKey.FromSeed("org", "org-1", new byte[32], KeyAlgorithm.Unspecified));
    }

    private static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
}
