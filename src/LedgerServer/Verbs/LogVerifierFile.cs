using KpGrpc.MerkleLog.Notes;
using KpGrpc.ServiceDefaults.Hosting;

namespace KpGrpc.LedgerServer.Verbs;

/// <summary>The file of the option <c>--vkey</c>: a log's C2SP verifier key.</summary>
internal static class LogVerifierFile
{
    private const string Advice = "name the file with the log's verifier key, name+keyid+base64, such as its log.vkey";

    /// <summary>Reads the key.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="StartupException">It cannot be read, or is not the key of a log.</exception>
    public static NoteVerifier Read(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"--vkey {path} cannot be read ({exception.Message}); {Advice}", exception);
        }

        if (!NoteVerifier.TryParse(text, out var verifier, out var fault))
        {
            throw new StartupException($"--vkey {path} is not a C2SP verifier key ({fault}); {Advice}");
        }

        return verifier.Type == NoteSignatureType.Ed25519
            ? verifier
            : throw new StartupException($"--vkey {path} is the key of a witness; {Advice}");
    }
}
