using KpGrpc.ServiceDefaults.Hosting;

using RocksDbSharp;

namespace KpGrpc.LedgerServer.Verbs;

/// <summary>One clear message and exit code for whatever a verb over a data folder meets.</summary>
internal static class VerbFaults
{
    private const int Damaged = 1;

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
        catch (Exception exception) when (CodeOf(exception) is { } code)
        {
            error.WriteLine(Text(name, exception, code));
            return code;
        }
    }

    /// <summary>As <see cref="Guard"/>, for a verb that waits.</summary>
    public static async Task<int> GuardAsync(string name, TextWriter error, Func<Task<int>> verb)
    {
        try
        {
            return await verb();
        }
        catch (Exception exception) when (CodeOf(exception) is { } code)
        {
            await error.WriteLineAsync(Text(name, exception, code));
            return code;
        }
    }

    private static int? CodeOf(Exception exception) => exception switch
    {
        RocksDbException or InvalidDataException or MerkleLog.Proofs.MissingNodeException => Damaged,
        StartupException or IOException or UnauthorizedAccessException or FormatException => ServerProgram.ExitConfiguration,
        _ => null,
    };

    private static string Text(string name, Exception exception, int code) => code == Damaged
        ? $"{name}: the ledger is damaged: {exception.Message.ReplaceLineEndings(" ")}"
        : $"{name}: {exception.Message}";
}
