using System.Numerics;
using System.Security.Cryptography;

using KpGrpc.Protos.Membership.V1;

namespace KpGrpc.Client.Signing;

/// <summary>
/// ECDSA on P-256 with SHA-256 (FIPS 186-5). Signatures are r and s, 32 bytes each, with s in the lower half, because a
/// ledger takes no second signature of the same message that anybody could make by flipping s.
/// </summary>
internal sealed class EcdsaP256SigningKey : SigningKey
{
    private const int FieldBytes = SignatureBytes / 2;

    // SP 800-186, section 3.2.1.3.
    private static readonly BigInteger Order = Number(Convert.FromHexString("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"));

    private readonly Lock signing = new();
    private readonly ECDsa key;

    public EcdsaP256SigningKey(string organizationId, string keyId, ReadOnlySpan<byte> seed)
        : base(organizationId, keyId)
    {
        var number = Number(seed);
        if (number.IsZero || number >= Order)
        {
            throw new ArgumentException("The secret bytes are no private number of P-256: 1 to its order less 1.", nameof(seed));
        }

        var secret = seed.ToArray();
        key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = secret });
        CryptographicOperations.ZeroMemory(secret);
    }

    /// <inheritdoc/>
    public override KeyAlgorithm Algorithm => KeyAlgorithm.EcdsaP256Sha256;

    /// <summary>Secret bytes of a new key.</summary>
    public static byte[] NewSeed()
    {
        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return made.ExportParameters(includePrivateParameters: true).D!;
    }

    /// <inheritdoc/>
    public override byte[] ExportPublicKey()
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return [(byte)(2 + (point.Y![^1] & 1)), .. point.X!];
    }

    /// <inheritdoc/>
    public override byte[] ExportSeed() => key.ExportParameters(includePrivateParameters: true).D!;

    /// <inheritdoc/>
    public override byte[] Sign(ReadOnlySpan<byte> message)
    {
        byte[] signature;
        lock (signing)
        {
            signature = key.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }

        var s = Number(signature.AsSpan(FieldBytes));
        if (s > Order >> 1)
        {
            var half = signature.AsSpan(FieldBytes);
            var low = Order - s;
            half.Clear();
            low.TryWriteBytes(half[(FieldBytes - low.GetByteCount(isUnsigned: true))..], out _, isUnsigned: true, isBigEndian: true);
        }

        return signature;
    }

    private protected override void Dispose(bool disposing) => key.Dispose();

    private static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
}
