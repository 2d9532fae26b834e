using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using KpGrpc.MerkleLog.Text;
using NSec.Cryptography;

namespace KpGrpc.MerkleLog.Notes;

/// <summary>
/// A public key that notes are checked with, in C2SP's text form a <em>vkey</em>:
/// <c>&lt;name&gt;+&lt;8 hex digits of the key id&gt;+base64(type || 32-byte Ed25519 public key)</c>
/// (c2sp.org/signed-note, section "Verifier keys"; c2sp.org/tlog-cosignature for type 0x04). Immutable, thread-safe.
/// </summary>
public sealed class NoteVerifier
{
    /// <summary>Length of an Ed25519 public key in bytes (RFC 8032 section 5.1.5).</summary>
    public const int PublicKeySize = 32;

    private readonly PublicKey _key;
    private readonly byte[] _keyBytes;

    private NoteVerifier(string name, NoteSignatureType type, PublicKey key)
    {
        Name = name;
        Type = type;
        _key = key;
        _keyBytes = key.Export(KeyBlobFormat.RawPublicKey);
        KeyId = ComputeKeyId(name, type, _keyBytes);
    }

    /// <summary>Name of the key; for a log it should be the log's origin (c2sp.org/tlog-checkpoint).</summary>
    public string Name { get; }

    /// <summary>What the key's signatures are over.</summary>
    public NoteSignatureType Type { get; }

    /// <summary>First four bytes, big-endian, of <c>SHA-256(name || 0x0A || type || public key)</c>: tells keys apart, proves nothing.</summary>
    public uint KeyId { get; }

    /// <summary>The raw Ed25519 public key, 32 bytes (RFC 8032 section 5.1.5).</summary>
    public ReadOnlyMemory<byte> PublicKeyBytes => _keyBytes;

    /// <summary>Makes a verifier of a raw public key.</summary>
    /// <param name="name">Not empty, no spaces, no plus sign.</param>
    /// <param name="type">What the signatures will be over.</param>
    /// <param name="publicKey">32 bytes (RFC 8032 section 5.1.5).</param>
    /// <exception cref="ArgumentException">The name breaks the rule, the type is unknown, or the bytes are not a key.</exception>
    public static NoteVerifier Create(string name, NoteSignatureType type, ReadOnlySpan<byte> publicKey) =>
        TryCreate(name, type, publicKey, out var verifier, out var fault) ? verifier : throw new ArgumentException(fault);

    /// <summary>Reads a vkey from configuration that must be right.</summary>
    /// <exception cref="FormatException">The text is not a vkey of a type that this library checks.</exception>
    public static NoteVerifier Parse(string vkey) =>
        TryParse(vkey, out var verifier, out var fault) ? verifier : throw new FormatException(fault);

    /// <summary>Reads a vkey.</summary>
    /// <param name="vkey">The text, without a newline.</param>
    /// <param name="verifier">The key, if the text is well formed, of a known type, and its key id fits.</param>
    /// <param name="fault">What is wrong with it, if anything is.</param>
    public static bool TryParse(
        string? vkey, [NotNullWhen(true)] out NoteVerifier? verifier, [NotNullWhen(false)] out string? fault)
    {
        verifier = null;
        fault = "A verifier key has the form name+keyid+base64.";
        var parts = (vkey ?? "").Split('+', 3);
        if (parts.Length != 3
            || parts[1].Length != 8
            || !uint.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var keyId)
            || !StrictBase64.TryDecode(parts[2], out var material)
            || material.Length == 0)
        {
            return false;
        }

        if (!TryCreate(parts[0], (NoteSignatureType)material[0], material.AsSpan(1), out var candidate, out fault))
        {
            return false;
        }

        if (candidate.KeyId != keyId)
        {
            fault = "The verifier key's id does not belong to its name and key.";
            return false;
        }

        verifier = candidate;
        return true;
    }

    /// <summary>
    /// Whether the key made the signature over the note text: Ed25519 (RFC 8032) over the text itself or, for
    /// <see cref="NoteSignatureType.CosignatureV1"/>, over the message of <see cref="Cosignature"/>. Never throws.
    /// </summary>
    /// <param name="noteText">The note's text with its final newline.</param>
    /// <param name="signature">The bytes after the key id: 64, or 72 for a cosignature.</param>
    public bool Verify(ReadOnlySpan<byte> noteText, ReadOnlySpan<byte> signature)
    {
        if (Type == NoteSignatureType.Ed25519)
        {
            return SignatureAlgorithm.Ed25519.Verify(_key, noteText, signature);
        }

        return Cosignature.TrySplit(signature, out var time, out var ed25519)
            && SignatureAlgorithm.Ed25519.Verify(_key, Cosignature.Message(time, noteText), ed25519);
    }

    /// <summary>The vkey; reading it gives this key back.</summary>
    public override string ToString() =>
        $"{Name}+{KeyId.ToString("x8", CultureInfo.InvariantCulture)}+{Convert.ToBase64String([(byte)Type, .. _keyBytes])}";

    private static bool TryCreate(
        string? name,
        NoteSignatureType type,
        ReadOnlySpan<byte> publicKey,
        [NotNullWhen(true)] out NoteVerifier? verifier,
        [NotNullWhen(false)] out string? fault)
    {
        verifier = null;
        fault = null;
        if (name is null || !NoteText.IsKeyName(name))
        {
            fault = "A key name is not empty and has no spaces, plus signs or control characters.";
        }
        else if (type is not (NoteSignatureType.Ed25519 or NoteSignatureType.CosignatureV1))
        {
            fault = $"Signature type 0x{(byte)type:x2} is not supported.";
        }
        else if (publicKey.Length != PublicKeySize
            || !PublicKey.TryImport(SignatureAlgorithm.Ed25519, publicKey, KeyBlobFormat.RawPublicKey, out var key))
        {
            fault = $"An Ed25519 public key is {PublicKeySize} bytes that encode a point of the curve.";
        }
        else
        {
            verifier = new NoteVerifier(name, type, key!);
            return true;
        }

        return false;
    }

    private static uint ComputeKeyId(string name, NoteSignatureType type, ReadOnlySpan<byte> publicKey)
    {
        byte[] message = [.. NoteText.Encode(name), (byte)'\n', (byte)type, .. publicKey];
        return BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(message));
    }
}
