using System.Security.Cryptography;

using NSec.Cryptography;

namespace KpGrpc.Client.Signing;

/// <summary>An organisation's Ed25519 key (RFC 8032). Thread-safe. Holds the key in guarded memory until disposed.</summary>
public sealed class SigningKey : IDisposable
{
    /// <summary>Length of a seed, in bytes.</summary>
    public const int SeedBytes = 32;

    private readonly Key key;

    private SigningKey(string organizationId, string keyId, Key key)
    {
        OrganizationId = organizationId;
        KeyId = keyId;
        this.key = key;
    }

    /// <summary>Gets the organisation that the key signs for.</summary>
    public string OrganizationId { get; }

    /// <summary>Gets the key's id on the ledger.</summary>
    public string KeyId { get; }

    /// <summary>Makes a new key from the system's source of randomness.</summary>
    /// <param name="organizationId">Organisation, an id.</param>
    /// <param name="keyId">Key, an id, unique on the ledger.</param>
    public static SigningKey Generate(string organizationId, string keyId)
    {
        var seed = RandomNumberGenerator.GetBytes(SeedBytes);
        try
        {
            return FromSeed(organizationId, keyId, seed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>Loads a key.</summary>
    /// <param name="organizationId">Organisation, an id.</param>
    /// <param name="keyId">Key, an id.</param>
    /// <param name="seed">32 secret bytes; copied, so the caller may clear its own.</param>
    /// <exception cref="ArgumentException">The seed has another length.</exception>
    public static SigningKey FromSeed(string organizationId, string keyId, ReadOnlySpan<byte> seed)
    {
        ArgumentException.ThrowIfNullOrEmpty(organizationId);
        ArgumentException.ThrowIfNullOrEmpty(keyId);
        if (seed.Length != SeedBytes)
        {
            throw new ArgumentException($"An Ed25519 seed has {SeedBytes} bytes, not {seed.Length}.", nameof(seed));
        }

        var exportable = new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
        return new SigningKey(organizationId, keyId, Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey, exportable));
    }

    /// <summary>The public key: 32 bytes.</summary>
    public byte[] ExportPublicKey() => key.PublicKey.Export(KeyBlobFormat.RawPublicKey);

    /// <summary>The secret seed: 32 bytes, to be stored and never logged.</summary>
    public byte[] ExportSeed() => key.Export(KeyBlobFormat.RawPrivateKey);

    /// <summary>Signs; the same message gives the same 64 bytes.</summary>
    /// <param name="message">What to sign.</param>
    public byte[] Sign(ReadOnlySpan<byte> message) => SignatureAlgorithm.Ed25519.Sign(key, message);

    /// <summary>Clears the key from memory.</summary>
    public void Dispose() => key.Dispose();
}
