using System.Security.Cryptography;

using KpGrpc.ServiceDefaults.Hosting;

namespace KpGrpc.Gateway.Security;

/// <summary>Reads the pseudonym secret, and makes it where a developer starts for the first time.</summary>
internal static class PseudonymKey
{
    public const int BytesMin = 32;
    private const int BytesMax = 4_096;

    /// <summary>Reads the secret.</summary>
    /// <param name="path">The file; its bytes are the secret as they are.</param>
    /// <param name="create">Whether to make a random one where there is no file.</param>
    /// <exception cref="StartupException">The file is missing, unreadable, or too short or long.</exception>
    public static byte[] Read(string path, bool create)
    {
        var full = Path.GetFullPath(path);
        try
        {
            if (create && !File.Exists(full))
            {
                SecretFile.Create(full, RandomNumberGenerator.GetBytes(BytesMin));
            }

            var secret = File.ReadAllBytes(full);
            return secret.Length is >= BytesMin and <= BytesMax
                ? secret
                : throw new StartupException($"Gateway:PseudonymKeyPath: {full} holds {secret.Length} bytes, but the secret must have {BytesMin} to {BytesMax}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(
                $"Gateway:PseudonymKeyPath: can't read {full}: {exception.Message} Put the secret of this deployment there (32 random bytes for a new one).", exception);
        }
    }
}
