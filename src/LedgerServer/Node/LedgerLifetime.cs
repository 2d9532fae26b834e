namespace KpGrpc.LedgerServer.Node;

/// <summary>Opens and replays the ledger before the server listens, and stops the order after it has stopped listening.</summary>
/// <param name="open">Opens the ledger; called at the start, which comes after all options were validated.</param>
/// <param name="logger">Where the opening is logged.</param>
internal sealed partial class LedgerLifetime(Func<LedgerNode> open, ILogger<LedgerLifetime> logger) : IHostedService
{
    private LedgerNode? node;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        node = open();
        node.Start();
        Log.Opened(logger, node.Genesis.NetworkId, node.Genesis.LedgerId, node.Head.Size, node.LogVerifierKey);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (node is not null)
        {
            await node.StopAsync();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Opened ledger {LedgerId} of network {NetworkId} with {Entries} entries; log key {VerifierKey}")]
        public static partial void Opened(ILogger logger, string networkId, string ledgerId, ulong entries, string verifierKey);
    }
}
