using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace KpGrpc.Gateway.Security.ApiKeys;

/// <summary>The text of a key: <c>kp_ID_SECRET</c>, where the secret is 32 random bytes in base64url. The prefix lets scanners find leaked ones.</summary>
/// <param name="Id">16 hexadecimal characters.</param>
/// <param name="Secret">32 bytes.</param>
internal sealed record ApiKeyText(string Id, byte[] Secret)
{
    private const string Prefix = "kp_";
    private const int IdChars = 16;
    private const int SecretBytes = 32;
    private const int SaltBytes = 16;

    /// <summary>Characters of a key.</summary>
    public static int Chars { get; } = Prefix.Length + IdChars + 1 + Base64Url.GetEncodedLength(SecretBytes);

    /// <summary>Makes a random one.</summary>
    public static ApiKeyText Create() => new(RandomNumberGenerator.GetHexString(IdChars, lowercase: true), RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>Reads one.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ApiKeyText? key)
    {
        key = null;
        if (text.Length != Chars || !text.StartsWith(Prefix, StringComparison.Ordinal) || text[Prefix.Length + IdChars] != '_')
        {
            return false;
        }

        var secret = new byte[SecretBytes];
        if (!Base64Url.TryDecodeFromChars(text.AsSpan(Prefix.Length + IdChars + 1), secret, out var written) || written != SecretBytes)
        {
            return false;
        }

        key = new ApiKeyText(text[Prefix.Length..(Prefix.Length + IdChars)], secret);
        return true;
    }

    /// <summary>What is kept of the key.</summary>
    public ApiKeyRecord ToRecord(string organization, IReadOnlyList<string> roles, DateTimeOffset expiresAt)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new ApiKeyRecord(Id, organization, roles, expiresAt, salt, HashUnder(salt));
    }

    /// <summary>Whether a record was made of this key; takes as long whatever differs.</summary>
    public bool IsOf(ApiKeyRecord record) => CryptographicOperations.FixedTimeEquals(HashUnder(record.Salt), record.Hash);

    /// <summary>The text; a secret.</summary>
    public string Reveal() => $"{Prefix}{Id}_{Base64Url.EncodeToString(Secret)}";

    /// <summary>Never the secret, so that no log has it.</summary>
    public override string ToString() => $"{Prefix}{Id}_…";

    // One round is enough for 256 random bits: nobody can try them all.
    private byte[] HashUnder(byte[] salt) => HMACSHA256.HashData(salt, Secret);
}
