using NSec.Cryptography;

namespace KpGrpc.LedgerServer.Admission;

/// <summary>Ed25519 (RFC 8032) by NSec. Never throws on bad input: a bad key or signature does not verify.</summary>
internal static class Ed25519Signatures
{
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        publicKey.Length == SignatureAlgorithm.Ed25519.PublicKeySize
        && signature.Length == SignatureAlgorithm.Ed25519.SignatureSize
        && PublicKey.TryImport(SignatureAlgorithm.Ed25519, publicKey, KeyBlobFormat.RawPublicKey, out var key)
        && SignatureAlgorithm.Ed25519.Verify(key!, message, signature);
}
