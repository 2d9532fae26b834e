using System.Security.Cryptography;
using NSec.Cryptography;

namespace KpGrpc.MerkleLog.Notes;

/// <summary>
/// A witness's private key: cosigns checkpoints with Ed25519 and the time, type 0x04 (c2sp.org/tlog-cosignature). It
/// signs what it is given: that the checkpoint is consistent with every earlier one is for the caller to check first.
/// A key must serve one cosigner only, because the message does not name it. Thread-safe.
/// </summary>
public sealed class Cosigner : IDisposable
{
    private readonly Key _key;
    private readonly TimeProvider _time;

    private Cosigner(string name, Key key, TimeProvider time)
    {
        _key = key;
        _time = time;
        Verifier = NoteVerifier.Create(name, NoteSignatureType.CosignatureV1, key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
    }

    /// <summary>The public half: give it to whoever checks.</summary>
    public NoteVerifier Verifier { get; }

    /// <summary>Loads a key.</summary>
    /// <param name="name">Name of the witness: not empty, no spaces, no plus sign.</param>
    /// <param name="seed">32 secret bytes (RFC 8032 section 5.1.5); copied.</param>
    /// <param name="time">Clock for the time in the cosignature.</param>
    /// <exception cref="ArgumentException">The name breaks the rule, or the seed has another length.</exception>
    public static Cosigner FromSeed(string name, ReadOnlySpan<byte> seed, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        var key = Ed25519Keys.FromSeed(seed);
        try
        {
            return new Cosigner(name, key, time);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>Makes a new key from the system's source of randomness.</summary>
    /// <param name="name">Name of the witness: not empty, no spaces, no plus sign.</param>
    /// <param name="time">Clock for the time in the cosignature.</param>
    /// <exception cref="ArgumentException">The name breaks the rule.</exception>
    public static Cosigner Generate(string name, TimeProvider time)
    {
        var seed = RandomNumberGenerator.GetBytes(NoteSigner.SeedSize);
        try
        {
            return FromSeed(name, seed, time);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>Loads a key in the text form <c>PRIVATE+KEY+&lt;name&gt;+&lt;key id&gt;+base64(0x04 || seed)</c>.</summary>
    /// <param name="text">The text, a secret.</param>
    /// <param name="time">Clock for the time in the cosignature.</param>
    /// <exception cref="FormatException">The text has another form, another type, or a key id that does not fit.</exception>
    public static Cosigner ParsePrivateKey(string text, TimeProvider time)
    {
        var (name, keyId, seed) = PrivateKeyText.Parse(text, NoteSignatureType.CosignatureV1);
        var cosigner = FromSeed(name, seed, time);
        CryptographicOperations.ZeroMemory(seed);
        if (keyId != cosigner.Verifier.KeyId)
        {
            cosigner.Dispose();
            throw new FormatException("The private key's id does not belong to its name and key.");
        }

        return cosigner;
    }

    /// <summary>The text that <see cref="ParsePrivateKey"/> reads: a secret, to be stored and never logged.</summary>
    public string ExportPrivateKey() => PrivateKeyText.Format(Verifier, _key);

    /// <summary>States that, as of now, this is the latest consistent checkpoint that the cosigner has seen.</summary>
    /// <param name="noteText">The checkpoint's text, UTF-8, with its final newline, without signatures.</param>
    public NoteSignature Sign(ReadOnlySpan<byte> noteText)
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        var ed25519 = SignatureAlgorithm.Ed25519.Sign(_key, Cosignature.Message(now, noteText));
        return new NoteSignature(Verifier.Name, Verifier.KeyId, Cosignature.Join(now, ed25519));
    }

    /// <summary>Clears the key from memory.</summary>
    public void Dispose() => _key.Dispose();
}
