using System.Numerics;
using System.Security.Cryptography;

using KpGrpc.Client.Signing;

namespace KpGrpc.LedgerServer.Admission;

/// <summary>
/// ECDSA on P-256 with SHA-256 (FIPS 186-5). A public key is the SEC 1 compressed point, 33 bytes; a signature is r and s,
/// 32 bytes each, big-endian (IEEE P1363), with s in the lower half, so that one message has no second valid signature made
/// by flipping s. The point is worked out here, because the platform's cryptography reads no compressed points on every
/// system. Never throws on bad input: a bad key or signature does not verify.
/// </summary>
internal static class EcdsaP256Signatures
{
    /// <summary>Length of a public key in bytes.</summary>
    public const int PublicKeyBytes = 33;

    // SP 800-186, section 3.2.1.3; p = 3 mod 4, so a square root is one power.
    private static readonly BigInteger Prime = Hex("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
    private static readonly BigInteger B = Hex("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b");

    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (!IsLowS(signature) || Decompress(publicKey) is not { } point)
        {
            return false;
        }

        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point });
        return key.VerifyData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static bool IsLowS(ReadOnlySpan<byte> signature)
    {
        if (signature.Length != 2 * P256.NumberBytes)
        {
            return false;
        }

        var (r, s) = (P256.ToNumber(signature[..P256.NumberBytes]), P256.ToNumber(signature[P256.NumberBytes..]));
        return !r.IsZero && r < P256.Order && !s.IsZero && s <= P256.HalfOrder;
    }

    // y² = x³ - 3x + b (SEC 1, section 2.3.4).
    private static ECPoint? Decompress(ReadOnlySpan<byte> publicKey)
    {
        if (publicKey.Length != PublicKeyBytes || publicKey[0] is not (2 or 3))
        {
            return null;
        }

        var x = P256.ToNumber(publicKey[1..]);
        if (x >= Prime)
        {
            return null;
        }

        var square = ((x * x * x) - (3 * x) + B) % Prime;
        square = square.Sign < 0 ? square + Prime : square;
        var y = BigInteger.ModPow(square, (Prime + 1) >> 2, Prime);
        if (y * y % Prime != square || y.IsZero)
        {
            return null;
        }

        y = y.IsEven == (publicKey[0] == 2) ? y : Prime - y;
        var bytes = new byte[P256.NumberBytes];
        P256.Write(y, bytes);
        return new ECPoint { X = publicKey[1..].ToArray(), Y = bytes };
    }

    private static BigInteger Hex(string digits) => P256.ToNumber(Convert.FromHexString(digits));
}
