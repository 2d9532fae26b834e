using System.Security.Cryptography;

using KpGrpc.Protos.Membership.V1;

namespace KpGrpc.Client.Signing;

/// <summary>
/// ECDSA on P-256 with SHA-256 (FIPS 186-5). Signatures are r and s, 32 bytes each, with s in the lower half, because a
/// ledger takes no second signature of the same message that anybody could make by flipping s.
/// </summary>
internal sealed class EcdsaP256SigningKey : SigningKey
{
    private readonly Lock signing = new();
    private readonly ECDsa key;

    public EcdsaP256SigningKey(string organizationId, string keyId, ReadOnlySpan<byte> seed)
        : base(organizationId, keyId)
    {
        var number = P256.ToNumber(seed);
        if (number.IsZero || number >= P256.Order)
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

        var second = signature.AsSpan(P256.NumberBytes);
        var s = P256.ToNumber(second);
        if (s > P256.HalfOrder)
        {
            P256.Write(P256.Order - s, second);
        }

        return signature;
    }

    private protected override void Dispose(bool disposing) => key.Dispose();
}
