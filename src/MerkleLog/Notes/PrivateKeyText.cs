using System.Globalization;
using System.Security.Cryptography;

using KpGrpc.MerkleLog.Text;

using NSec.Cryptography;

namespace KpGrpc.MerkleLog.Notes;

/// <summary>
/// A private key as text, as golang.org/x/mod/sumdb/note writes it:
/// <c>PRIVATE+KEY+&lt;name&gt;+&lt;key id&gt;+base64(type || seed)</c>.
/// </summary>
internal static class PrivateKeyText
{
    private const string Prefix = "PRIVATE+KEY+";

    /// <summary>Takes a text apart; that the key id fits the key is for the caller to check.</summary>
    /// <exception cref="FormatException">The text has another form or type.</exception>
    public static (string Name, uint KeyId, byte[] Seed) Parse(string text, NoteSignatureType type)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..].Split('+', 3) : [];
        if (parts.Length != 3
            || !NoteText.IsKeyName(parts[0])
            || parts[1].Length != 8
            || !uint.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var keyId)
            || parts[1] != FormatKeyId(keyId)
            || !StrictBase64.TryDecode(parts[2], out var material)
            || material.Length != 1 + NoteSigner.SeedSize
            || material[0] != (byte)type)
        {
            throw new FormatException($"The private key has the form PRIVATE+KEY+name+keyid+base64(0x{(byte)type:x2} || 32-byte seed).");
        }

        var seed = material[1..];
        CryptographicOperations.ZeroMemory(material);
        return (parts[0], keyId, seed);
    }

    /// <summary>Writes a key.</summary>
    public static string Format(NoteVerifier verifier, Key key)
    {
        var seed = key.Export(KeyBlobFormat.RawPrivateKey);
        var material = Convert.ToBase64String([(byte)verifier.Type, .. seed]);
        CryptographicOperations.ZeroMemory(seed);
        return $"{Prefix}{verifier.Name}+{FormatKeyId(verifier.KeyId)}+{material}";
    }

    private static string FormatKeyId(uint keyId) => keyId.ToString("x8", CultureInfo.InvariantCulture);
}
