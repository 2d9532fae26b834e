using KpGrpc.LedgerServer.Configuration;
using KpGrpc.LedgerServer.Node;
using KpGrpc.ServiceDefaults.Hosting;

using RocksDbSharp;

namespace KpGrpc.LedgerServer.Backup;

/// <summary>
/// Makes backups of running ledgers on request. A request is an empty file <c>NAME.request</c> in the ledger's
/// <see cref="LedgerOptions.BackupDirectory"/>: so whoever may write there, which is the operator of this machine, may
/// ask, and nobody over the network. The answer is the folder <c>NAME</c>, or <c>NAME.failed</c> with the reason; then
/// the request goes away. Commits go on meanwhile.
/// </summary>
internal sealed partial class BackupRequests(Func<LedgerSet> open, TimeProvider time, ILogger<BackupRequests> logger) : BackgroundService
{
    /// <summary>Behind the name of a backup that is asked for.</summary>
    public const string RequestSuffix = ".request";

    /// <summary>Behind the name of a backup that could not be made.</summary>
    public const string FailedSuffix = ".failed";

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        HostedLedger[] ledgers = [.. open().All.Where(ledger => ledger.Options.BackupDirectory.Length > 0)];
        if (ledgers.Length == 0)
        {
            return;
        }

        using var timer = new PeriodicTimer(LookEvery, time);
        do
        {
            foreach (var ledger in ledgers)
            {
                Answer(ledger);
            }
        }
        while (await NextAsync(timer, stoppingToken));
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Answer(HostedLedger ledger)
    {
        try
        {
            foreach (var request in Directory.GetFiles(ledger.Options.BackupDirectory, "*" + RequestSuffix).Order(StringComparer.Ordinal))
            {
                Make(ledger, request[..^RequestSuffix.Length]);
                File.Delete(request);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.Failed(logger, ledger.Id, exception);
        }
    }

    private void Make(HostedLedger ledger, string target)
    {
        try
        {
            File.Delete(target + FailedSuffix);
            var entries = LedgerBackup.Make(ledger.Node.Store, ledger.Options.DataDirectory, ledger.Options.GenesisPath, target);
            Log.Made(logger, ledger.Id, entries, target);
        }
        catch (Exception exception) when (exception is StartupException or RocksDbException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Log.Failed(logger, ledger.Id, exception);
            File.WriteAllText(target + FailedSuffix, exception.Message.ReplaceLineEndings(" "));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Backed up ledger {LedgerId} with at least {Entries} entries to {Target}")]
        public static partial void Made(ILogger logger, string ledgerId, ulong entries, string target);

        [LoggerMessage(2, LogLevel.Warning, "A backup of ledger {LedgerId} could not be made")]
        public static partial void Failed(ILogger logger, string ledgerId, Exception exception);
    }
}
