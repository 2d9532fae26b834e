using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KpGrpc.Client.Signing;

/// <summary>
/// An organisation's key as a file, readable by its owner alone:
/// <c>{"format":"kpgrpc-signing-key-1","development":true,"organizationId":"…","keyId":"…","algorithm":"ed25519","seed":"base64"}</c>,
/// the algorithm <c>ed25519</c> or <c>ecdsa-p256-sha256</c>.
/// </summary>
public static class SigningKeyFile
{
    private const string FormatName = "kpgrpc-signing-key-1";

    /// <summary>Reads a key.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is not a key file.</exception>
    public static SigningKey Read(string path)
    {
        try
        {
            var document = JsonSerializer.Deserialize(File.ReadAllBytes(path), SigningKeyJson.Default.SigningKeyDocument);
            return document is { Format: FormatName } && KeyAlgorithmNames.Find(document.Algorithm) is { } algorithm
                ? SigningKey.FromSeed(document.OrganizationId, document.KeyId, Convert.FromBase64String(document.Seed), algorithm)
                : throw new InvalidDataException($"{path} is not a {FormatName} file with an {KeyAlgorithmNames.Ed25519} or {KeyAlgorithmNames.EcdsaP256} key");
        }
        catch (Exception exception) when (exception is JsonException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"{path} is not a {FormatName} file: {exception.Message}", exception);
        }
    }

    /// <summary>Writes a key into a new file of mode 0600.</summary>
    /// <param name="path">The file; must not exist.</param>
    /// <param name="key">The key.</param>
    /// <param name="development">True for a key that must not be used in production.</param>
    /// <exception cref="IOException">The file exists or cannot be written.</exception>
    public static void Write(string path, SigningKey key, bool development)
    {
        ArgumentNullException.ThrowIfNull(key);
        var seed = key.ExportSeed();
        var document = new SigningKeyDocument(FormatName, development, key.OrganizationId, key.KeyId, KeyAlgorithmNames.Of(key.Algorithm), Convert.ToBase64String(seed));
        CryptographicOperations.ZeroMemory(seed);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        JsonSerializer.Serialize(file, document, SigningKeyJson.Default.SigningKeyDocument);
    }
}

/// <summary>The file's members.</summary>
internal sealed record SigningKeyDocument(string Format, bool Development, string OrganizationId, string KeyId, string Algorithm, string Seed);

/// <summary>Source-generated reading and writing.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SigningKeyDocument))]
internal sealed partial class SigningKeyJson : JsonSerializerContext;
