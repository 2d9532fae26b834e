using KpGrpc.LedgerServer.Storage;

namespace KpGrpc.LedgerServer.Node;

/// <summary>Opens the ledgers before the server listens, and stops their orders after it has stopped listening.</summary>
/// <param name="open">Opens the ledgers; called at the start, which comes after all options were validated.</param>
/// <param name="disk">Room on the disks.</param>
/// <param name="logger">Where the opening is logged.</param>
internal sealed partial class LedgerLifetime(Func<LedgerSet> open, DiskSpace disk, ILogger<LedgerLifetime> logger) : IHostedService
{
    private LedgerSet? ledgers;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        ledgers = open();
        ledgers.Start();
        foreach (var (node, options) in ledgers.All)
        {
            foreach (var refusal in node.Recovery.Refused)
            {
                Log.SnapshotRefused(logger, refusal);
            }

            if (disk.FreeBytes(options.DataDirectory) is var free && free < options.FreeBytesMin)
            {
                Log.DiskLow(logger, node.Genesis.LedgerId, free, options.Section, options.FreeBytesMin);
            }

            Log.Recovered(logger, node.Recovery.SnapshotSequence, node.Recovery.Replayed);
            Log.Opened(logger, node.Genesis.NetworkId, node.Genesis.LedgerId, node.Head.Size, node.LogVerifierKey);
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (ledgers is not null)
        {
            await ledgers.StopAsync();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Opened ledger {LedgerId} of network {NetworkId} with {Entries} entries; log key {VerifierKey}")]
        public static partial void Opened(ILogger logger, string networkId, string ledgerId, ulong entries, string verifierKey);

        [LoggerMessage(2, LogLevel.Information, "Took the state from the snapshot at sequence {SnapshotSequence} (0: none) and replayed {Replayed} commands")]
        public static partial void Recovered(ILogger logger, ulong snapshotSequence, ulong replayed);

        [LoggerMessage(4, LogLevel.Warning, "The disk of ledger {LedgerId} has {FreeBytes} bytes free, less than {Section}:FreeBytesMin of {FreeBytesMin}: commands are refused until there is room")]
        public static partial void DiskLow(ILogger logger, string ledgerId, long freeBytes, string section, long freeBytesMin);

        [LoggerMessage(3, LogLevel.Warning, "A snapshot was not used: {Refusal}")]
        public static partial void SnapshotRefused(ILogger logger, string refusal);
    }
}
