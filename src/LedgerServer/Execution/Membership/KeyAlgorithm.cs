namespace KpGrpc.LedgerServer.Execution.Membership;

/// <summary>
/// How a key signs. The numbers are those of <c>kp.membership.v1.KeyAlgorithm</c>.
/// </summary>
internal enum KeyAlgorithm
{
    /// <summary>Ed25519 (RFC 8032): public key 32 bytes, signature 64 bytes.</summary>
    Ed25519 = 1,

    /// <summary>
    /// ECDSA on P-256 with SHA-256: public key 33 bytes (SEC 1 compressed), signature 64 bytes (r and s,
    /// big-endian, low s).
    /// </summary>
    EcdsaP256Sha256 = 2,
}
