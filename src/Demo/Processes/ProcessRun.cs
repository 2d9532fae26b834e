namespace KpGrpc.Demo.Processes;

/// <summary>Runs a verb of a server to its end.</summary>
internal static class ProcessRun
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Runs an executable and demands exit code 0.</summary>
    /// <param name="name">Name for people, such as "LedgerServer init-dev".</param>
    /// <param name="executable">Path of the executable.</param>
    /// <param name="arguments">Arguments, not quoted.</param>
    /// <param name="logFile">File for its output; an older one is replaced.</param>
    /// <param name="cancellationToken">Ends the process.</param>
    /// <returns>The last lines of its output.</returns>
    /// <exception cref="DemoException">It could not be started or ended with another exit code.</exception>
    public static async Task<IReadOnlyList<string>> ToEndAsync(
        string name, string executable, IEnumerable<string> arguments, string logFile, CancellationToken cancellationToken)
    {
        await using var child = ChildProcess.Start(name, executable, arguments, logFile, Grace);
        var exitCode = await child.Exited.WaitAsync(cancellationToken);
        return exitCode == 0 ? child.LastLines : throw new DemoException(child.Obituary(exitCode));
    }
}
