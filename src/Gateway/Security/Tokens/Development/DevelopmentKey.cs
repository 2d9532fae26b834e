using System.Security.Cryptography;
using System.Text;

using KpGrpc.ServiceDefaults.Hosting;

namespace KpGrpc.Gateway.Security.Tokens.Development;

/// <summary>The file of the development issuer's key: PKCS#8 in PEM form, mode 0600.</summary>
internal static class DevelopmentKey
{
    private const string FileName = "development-issuer.key";

    /// <summary>Where the key lies.</summary>
    public static string PathOf(IdentityOptions options, GatewayOptions gateway) => Path.GetFullPath(
        options.DevelopmentKeyPath.Length > 0
            ? options.DevelopmentKeyPath
            : Path.Combine(Path.GetDirectoryName(Path.GetFullPath(gateway.PseudonymKeyPath))!, FileName));

    /// <summary>Reads the key; makes it where there is none.</summary>
    /// <exception cref="StartupException">The file cannot be read or made, or holds no key.</exception>
    public static ECDsa Read(string path)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        try
        {
            if (File.Exists(path))
            {
                key.ImportFromPem(File.ReadAllText(path));
            }
            else
            {
                SecretFile.Create(path, Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
            }

            return key;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new StartupException($"Gateway:Identity:DevelopmentKeyPath: can't read or make {path}: {exception.Message} Remove the file to get a new key.", exception);
        }
    }
}
