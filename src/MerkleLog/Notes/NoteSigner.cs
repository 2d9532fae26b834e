using System.Security.Cryptography;
using NSec.Cryptography;

namespace KpGrpc.MerkleLog.Notes;

/// <summary>
/// A log's private key: signs notes with Ed25519, type 0x01 (c2sp.org/signed-note, section "Ed25519 signatures").
/// Thread-safe. Holds the key in guarded memory until disposed.
/// </summary>
public sealed class NoteSigner : IDisposable
{
    /// <summary>Length of a private key's seed in bytes (RFC 8032 section 5.1.5).</summary>
    public const int SeedSize = 32;

    private readonly Key _key;

    private NoteSigner(string name, Key key)
    {
        _key = key;
        Verifier = NoteVerifier.Create(name, NoteSignatureType.Ed25519, key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
    }

    /// <summary>The public half: give it to whoever checks.</summary>
    public NoteVerifier Verifier { get; }

    /// <summary>Makes a new key from the system's source of randomness.</summary>
    /// <param name="name">For a log its origin: not empty, no spaces, no plus sign.</param>
    /// <exception cref="ArgumentException">The name breaks the rule.</exception>
    public static NoteSigner Generate(string name)
    {
        var seed = RandomNumberGenerator.GetBytes(SeedSize);
        try
        {
            return FromSeed(name, seed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>Loads a key.</summary>
    /// <param name="name">For a log its origin: not empty, no spaces, no plus sign.</param>
    /// <param name="seed">32 secret bytes (RFC 8032 section 5.1.5); copied, so the caller may clear its own.</param>
    /// <exception cref="ArgumentException">The name breaks the rule, or the seed has another length.</exception>
    public static NoteSigner FromSeed(string name, ReadOnlySpan<byte> seed)
    {
        var key = Ed25519Keys.FromSeed(seed);
        try
        {
            return new NoteSigner(name, key);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Loads a key in the text form of golang.org/x/mod/sumdb/note:
    /// <c>PRIVATE+KEY+&lt;name&gt;+&lt;key id&gt;+base64(0x01 || seed)</c>.
    /// </summary>
    /// <exception cref="FormatException">The text has another form, another type, or a key id that does not fit.</exception>
    public static NoteSigner ParsePrivateKey(string text)
    {
        var (name, keyId, seed) = PrivateKeyText.Parse(text, NoteSignatureType.Ed25519);
        var signer = FromSeed(name, seed);
        CryptographicOperations.ZeroMemory(seed);
        if (keyId != signer.Verifier.KeyId)
        {
            signer.Dispose();
            throw new FormatException("The private key's id does not belong to its name and key.");
        }

        return signer;
    }

    /// <summary>The text that <see cref="ParsePrivateKey"/> reads: a secret, to be stored and never logged.</summary>
    public string ExportPrivateKey() => PrivateKeyText.Format(Verifier, _key);

    /// <summary>Signs a note's text. The same text gives the same signature (RFC 8032).</summary>
    /// <param name="noteText">UTF-8, with its final newline.</param>
    public NoteSignature Sign(ReadOnlySpan<byte> noteText) =>
        new(Verifier.Name, Verifier.KeyId, SignatureAlgorithm.Ed25519.Sign(_key, noteText));

    /// <summary>Makes a note with this one signature.</summary>
    /// <param name="text">The text, with its final newline.</param>
    /// <exception cref="ArgumentException">The text breaks the rules of <see cref="SignedNote"/>.</exception>
    public SignedNote Sign(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return NoteText.TryEncode(text, out var utf8)
            ? new SignedNote(text, Sign(utf8))
            : throw new ArgumentException("A note's text is well-formed Unicode without control characters.", nameof(text));
    }

    /// <summary>Clears the key from memory.</summary>
    public void Dispose() => _key.Dispose();
}
