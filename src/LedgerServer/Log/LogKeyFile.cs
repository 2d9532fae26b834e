using KpGrpc.MerkleLog.Notes;
using KpGrpc.ServiceDefaults.Hosting;

namespace KpGrpc.LedgerServer.Log;

/// <summary>
/// The log's signing key as a file: lines that start with <c>#</c> are comments, the one other line is a C2SP signer
/// key (<c>PRIVATE+KEY+name+keyid+base64</c>). The file is readable by its owner alone.
/// </summary>
internal static class LogKeyFile
{
    /// <summary>First line of a key that was made for development; the server refuses it in Production.</summary>
    public const string DevelopmentMark = "# kpgrpc development key: refused in Production";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Reads the key.</summary>
    /// <param name="path">The file.</param>
    /// <param name="origin">What the key's name must be.</param>
    /// <param name="production">Whether the environment is Production.</param>
    /// <exception cref="StartupException">Missing, unreadable, open to others, malformed, of another log, or not allowed here.</exception>
    public static NoteSigner Read(string path, string origin, bool production)
    {
        var lines = ReadLines(path);
        if (production && lines.Contains(DevelopmentMark))
        {
            throw new StartupException($"Ledger:LogKeyPath {path} is a development key, which is refused in Production; make a key for this log and name it");
        }

        var keys = lines.Where(line => line.Length > 0 && line[0] != '#').ToArray();
        if (keys.Length != 1)
        {
            throw new StartupException($"Ledger:LogKeyPath {path} must hold exactly one C2SP signer key, PRIVATE+KEY+name+keyid+base64");
        }

        var signer = Parse(path, keys[0]);
        if (signer.Verifier.Name == origin)
        {
            return signer;
        }

        var name = signer.Verifier.Name;
        signer.Dispose();
        throw new StartupException($"Ledger:LogKeyPath {path} is the key of {name}; the settings name the log {origin}");
    }

    /// <summary>Makes a development key file where there is none.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="origin">Name of the key.</param>
    /// <exception cref="StartupException">The file exists or cannot be written.</exception>
    public static void CreateForDevelopment(string path, string origin)
    {
        using var signer = NoteSigner.Generate(origin);
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }

            using var writer = new StreamWriter(path, options);
            writer.Write($"{DevelopmentMark}\n{signer.ExportPrivateKey()}\n");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"the log key {path} cannot be written: {exception.Message}", exception);
        }
    }

    private static string[] ReadLines(string path)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
            {
                throw new StartupException($"Ledger:LogKeyPath {path} can be read by others; run chmod 600 on it");
            }

            return File.ReadAllLines(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"Ledger:LogKeyPath {path} cannot be read: {exception.Message}", exception);
        }
    }

    private static NoteSigner Parse(string path, string key)
    {
        try
        {
            return NoteSigner.ParsePrivateKey(key);
        }
        catch (FormatException exception)
        {
            throw new StartupException($"Ledger:LogKeyPath {path} is not a C2SP signer key: {exception.Message}", exception);
        }
    }
}
