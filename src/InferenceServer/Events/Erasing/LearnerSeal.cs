using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using KpGrpc.ServiceDefaults.Hosting;

namespace KpGrpc.InferenceServer.Events.Erasing;

/// <summary>
/// A keyed hash that stands for an erased learner: it recognises the identifier when it comes again, and without the key
/// nobody can tell from it who she was, not even by trying all identifiers.
/// </summary>
internal sealed class LearnerSeal
{
    private const int KeyBytes = 32;
    private readonly byte[] key;

    private LearnerSeal(byte[] key) => this.key = key;

    /// <summary>Where the key lies by these settings.</summary>
    public static string PathOf(string directory, string keyPath) => keyPath.Length > 0 ? keyPath : Path.Combine(directory, "erasure.key");

    /// <summary>Reads the key.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="create">Make the key where there is none.</param>
    /// <exception cref="StartupException">The file is unreadable, too short, or absent and not to be made.</exception>
    public static LearnerSeal Open(string path, bool create)
    {
        try
        {
            if (!File.Exists(path) && create)
            {
                var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
                if (!OperatingSystem.IsWindows())
                {
                    options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                }

                using var file = new FileStream(path, options);
                file.Write(RandomNumberGenerator.GetBytes(KeyBytes));
                file.Flush(flushToDisk: true);
            }

            var key = File.ReadAllBytes(path);
            return key.Length == KeyBytes
                ? new LearnerSeal(key)
                : throw new StartupException($"{path} must hold {KeyBytes} bytes: without the right key, learners who were erased cannot be recognised. Restore it from a backup.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"{path} cannot be opened: {failure.Message}", failure);
        }
    }

    /// <summary>The first 16 bytes of HMAC-SHA-256 (RFC 2104).</summary>
    public UInt128 Of(string learnerId) =>
        BinaryPrimitives.ReadUInt128BigEndian(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(learnerId)));
}
