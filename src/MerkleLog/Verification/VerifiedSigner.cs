namespace KpGrpc.MerkleLog.Verification;

/// <summary>A trusted key whose signature verified.</summary>
/// <param name="Name">Name of the key.</param>
/// <param name="KeyId">Its key id (c2sp.org/signed-note).</param>
/// <param name="CosignedAtUnixSeconds">When a witness says that it cosigned, in seconds since 1970-01-01T00:00:00Z; null for the log.</param>
public sealed record VerifiedSigner(string Name, uint KeyId, long? CosignedAtUnixSeconds);
