using KpGrpc.MerkleLog.Notes;
using KpGrpc.ServiceDefaults.Hosting;

namespace KpGrpc.LedgerServer.Log;

/// <summary>The log's signing key as a file, see <see cref="SecretKeyFile"/>.</summary>
internal static class LogKeyFile
{
    /// <summary>Reads the key.</summary>
    /// <param name="path">The file.</param>
    /// <param name="origin">What the key's name must be.</param>
    /// <param name="production">Whether the environment is Production.</param>
    /// <param name="setting">Setting that names the file, for messages.</param>
    /// <exception cref="StartupException">Missing, unreadable, open to others, malformed, of another log, or not allowed here.</exception>
    public static NoteSigner Read(string path, string origin, bool production, string setting = "Ledger:LogKeyPath")
    {
        var signer = SecretKeyFile.Read(setting, path, production, NoteSigner.ParsePrivateKey);
        if (signer.Verifier.Name == origin)
        {
            return signer;
        }

        var name = signer.Verifier.Name;
        signer.Dispose();
        throw new StartupException($"{setting} {path} is the key of {name}; the settings name the log {origin}");
    }

    /// <summary>Makes a development key file where there is none.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="origin">Name of the key.</param>
    /// <exception cref="StartupException">The file exists or cannot be written.</exception>
    public static void CreateForDevelopment(string path, string origin)
    {
        using var signer = NoteSigner.Generate(origin);
        SecretKeyFile.Write(path, signer.ExportPrivateKey(), development: true);
    }
}
