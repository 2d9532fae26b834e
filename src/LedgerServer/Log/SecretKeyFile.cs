using KpGrpc.ServiceDefaults.Hosting;

namespace KpGrpc.LedgerServer.Log;

/// <summary>
/// A C2SP private key as a file: lines that start with <c>#</c> are comments, the one other line is the key
/// (<c>PRIVATE+KEY+name+keyid+base64</c>). The file is readable by its owner alone.
/// </summary>
internal static class SecretKeyFile
{
    /// <summary>First line of a key that was made for development; the server refuses it in Production.</summary>
    public const string DevelopmentMark = "# kpgrpc development key: refused in Production";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Reads a key.</summary>
    /// <typeparam name="T">The key.</typeparam>
    /// <param name="option">Setting that names the file, for messages.</param>
    /// <param name="path">The file.</param>
    /// <param name="production">Whether the environment is Production.</param>
    /// <param name="parse">Reads the text; throws <see cref="FormatException"/>.</param>
    /// <exception cref="StartupException">Missing, unreadable, open to others, malformed, or not allowed here.</exception>
    public static T Read<T>(string option, string path, bool production, Func<string, T> parse)
    {
        var lines = ReadLines(option, path);
        if (production && lines.Contains(DevelopmentMark))
        {
            throw new StartupException($"{option} {path} is a development key, which is refused in Production; make another with the verb make-key and name it");
        }

        var keys = lines.Where(line => line.Length > 0 && line[0] != '#').ToArray();
        if (keys.Length != 1)
        {
            throw new StartupException($"{option} {path} must hold exactly one C2SP private key, PRIVATE+KEY+name+keyid+base64");
        }

        try
        {
            return parse(keys[0]);
        }
        catch (FormatException exception)
        {
            throw new StartupException($"{option} {path} is not a C2SP private key of the right type: {exception.Message}", exception);
        }
    }

    /// <summary>Writes a key into a new file.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="privateKey">The text.</param>
    /// <param name="development">Whether the server refuses it in Production.</param>
    /// <exception cref="StartupException">The file exists or cannot be written.</exception>
    public static void Write(string path, string privateKey, bool development)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }

            using var writer = new StreamWriter(path, options);
            writer.Write(development ? $"{DevelopmentMark}\n{privateKey}\n" : $"{privateKey}\n");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"the key {path} cannot be written: {exception.Message}", exception);
        }
    }

    private static string[] ReadLines(string option, string path)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
            {
                throw new StartupException($"{option} {path} can be read by others; run chmod 600 on it");
            }

            return File.ReadAllLines(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"{option} {path} cannot be read: {exception.Message}", exception);
        }
    }
}
