using KpGrpc.ServiceDefaults.Hosting;

using RocksDbSharp;

namespace KpGrpc.LedgerServer.Verbs;

/// <summary>One clear message and exit code for whatever a verb over a data folder meets.</summary>
internal static class VerbFaults
{
    /// <summary>Runs a verb: its own code, 1 for a damaged ledger, 78 for files that cannot be used.</summary>
    /// <param name="name">Name of the verb.</param>
    /// <param name="error">Where the message goes.</param>
    /// <param name="verb">The verb.</param>
    public static int Guard(string name, TextWriter error, Func<int> verb)
    {
        try
        {
            return verb();
        }
        catch (Exception exception) when (exception is RocksDbException or InvalidDataException or MerkleLog.Proofs.MissingNodeException)
        {
            error.WriteLine($"{name}: the ledger is damaged: {exception.Message.ReplaceLineEndings(" ")}");
            return 1;
        }
        catch (Exception exception) when (exception is StartupException or IOException or UnauthorizedAccessException or FormatException)
        {
            error.WriteLine($"{name}: {exception.Message}");
            return ServerProgram.ExitConfiguration;
        }
    }
}
