using KpGrpc.ServiceDefaults.Hosting;

namespace KpGrpc.LedgerServer.Backup;

/// <summary>The asking side of <see cref="BackupRequests"/>.</summary>
internal static class RunningBackup
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks the running server for a backup and waits for it.</summary>
    /// <param name="target">The backup's folder, directly in the server's backup directory.</param>
    /// <param name="limit">Longest wait; the request is withdrawn then.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StartupException">The server refused, or does not answer; the message says why.</exception>
    public static async Task AskAsync(string target, TimeSpan limit, CancellationToken cancellationToken)
    {
        target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(target));
        var request = target + BackupRequests.RequestSuffix;
        await File.WriteAllBytesAsync(request, [], cancellationToken);
        using var patience = new CancellationTokenSource(limit);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            while (File.Exists(request))
            {
                await Task.Delay(LookEvery, either.Token);
            }
        }
        catch (OperationCanceledException)
        {
            File.Delete(request);
            throw new StartupException(
                $"no server answered within {limit}; start it with Ledger:BackupDirectory={Path.GetDirectoryName(target)}, or stop it and leave out --running");
        }

        if (File.Exists(target + BackupRequests.FailedSuffix))
        {
            throw new StartupException(await File.ReadAllTextAsync(target + BackupRequests.FailedSuffix, cancellationToken));
        }
    }
}
