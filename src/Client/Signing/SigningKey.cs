using System.Security.Cryptography;

using KpGrpc.Protos.Membership.V1;

namespace KpGrpc.Client.Signing;

/// <summary>An organisation's key. Thread-safe. Holds its secret until disposed.</summary>
public abstract class SigningKey : IDisposable
{
    /// <summary>Length of a secret, in bytes, with either algorithm.</summary>
    public const int SeedBytes = 32;

    /// <summary>Length of a signature, in bytes, with either algorithm.</summary>
    public const int SignatureBytes = 64;

    private protected SigningKey(string organizationId, string keyId)
    {
        ArgumentException.ThrowIfNullOrEmpty(organizationId);
        ArgumentException.ThrowIfNullOrEmpty(keyId);
        (OrganizationId, KeyId) = (organizationId, keyId);
    }

    /// <summary>Gets the organisation that the key signs for.</summary>
    public string OrganizationId { get; }

    /// <summary>Gets the key's id on the ledger.</summary>
    public string KeyId { get; }

    /// <summary>Gets how it signs.</summary>
    public abstract KeyAlgorithm Algorithm { get; }

    /// <summary>Makes a new key from the system's source of randomness.</summary>
    /// <param name="organizationId">Organisation, an id.</param>
    /// <param name="keyId">Key, an id, unique on the ledger.</param>
    /// <param name="algorithm">Ed25519 where nothing asks for another; ECDSA on P-256 for security modules that have no Ed25519.</param>
    public static SigningKey Generate(string organizationId, string keyId, KeyAlgorithm algorithm = KeyAlgorithm.Ed25519)
    {
        var seed = algorithm == KeyAlgorithm.EcdsaP256Sha256 ? EcdsaP256SigningKey.NewSeed() : RandomNumberGenerator.GetBytes(SeedBytes);
        try
        {
            return FromSeed(organizationId, keyId, seed, algorithm);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>Loads a key.</summary>
    /// <param name="organizationId">Organisation, an id.</param>
    /// <param name="keyId">Key, an id.</param>
    /// <param name="seed">32 secret bytes, copied, so the caller may clear its own: an Ed25519 seed (RFC 8032), or a P-256 private number, big-endian.</param>
    /// <param name="algorithm">What the bytes are for.</param>
    /// <exception cref="ArgumentException">The seed has another length, is no private number of P-256, or the algorithm is not known.</exception>
    public static SigningKey FromSeed(string organizationId, string keyId, ReadOnlySpan<byte> seed, KeyAlgorithm algorithm = KeyAlgorithm.Ed25519)
    {
        if (seed.Length != SeedBytes)
        {
            throw new ArgumentException($"A signing key has {SeedBytes} secret bytes, not {seed.Length}.", nameof(seed));
        }

        return algorithm switch
        {
            KeyAlgorithm.Ed25519 => new Ed25519SigningKey(organizationId, keyId, seed),
            KeyAlgorithm.EcdsaP256Sha256 => new EcdsaP256SigningKey(organizationId, keyId, seed),
            _ => throw new ArgumentException($"A key cannot sign with algorithm {algorithm}.", nameof(algorithm)),
        };
    }

    /// <summary>The public key: 32 bytes of Ed25519, or the 33 of a compressed point (SEC 1) on P-256.</summary>
    public abstract byte[] ExportPublicKey();

    /// <summary>The secret bytes that <see cref="FromSeed"/> takes, to be stored and never logged.</summary>
    public abstract byte[] ExportSeed();

    /// <summary>Signs. With Ed25519 the same message gives the same bytes; with P-256 each signature is another.</summary>
    /// <param name="message">What to sign.</param>
    /// <returns>The <see cref="SignatureBytes"/> bytes that the ledger takes.</returns>
    public abstract byte[] Sign(ReadOnlySpan<byte> message);

    /// <summary>Clears the secret from memory.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    private protected abstract void Dispose(bool disposing);
}
