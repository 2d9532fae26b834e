using KpGrpc.Protos.Membership.V1;

namespace KpGrpc.Client.Signing;

/// <summary>Names of algorithms in key files and genesis files.</summary>
public static class KeyAlgorithmNames
{
    /// <summary>Ed25519 (RFC 8032).</summary>
    public const string Ed25519 = "ed25519";

    /// <summary>ECDSA on P-256 with SHA-256 (FIPS 186-5).</summary>
    public const string EcdsaP256 = "ecdsa-p256-sha256";

    /// <summary>The name of an algorithm.</summary>
    /// <param name="algorithm">An algorithm that keys have.</param>
    /// <exception cref="ArgumentOutOfRangeException">Keys have no such algorithm.</exception>
    public static string Of(KeyAlgorithm algorithm) => algorithm switch
    {
        KeyAlgorithm.Ed25519 => Ed25519,
        KeyAlgorithm.EcdsaP256Sha256 => EcdsaP256,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "keys sign with Ed25519 or ECDSA on P-256"),
    };

    /// <summary>The algorithm of a name; null where there is none.</summary>
    /// <param name="name">The name.</param>
    public static KeyAlgorithm? Find(string name) => name switch
    {
        Ed25519 => KeyAlgorithm.Ed25519,
        EcdsaP256 => KeyAlgorithm.EcdsaP256Sha256,
        _ => null,
    };
}
