using KpGrpc.LedgerServer.Node;

namespace KpGrpc.LedgerServer.Witnessing;

/// <summary>
/// Brings the newest checkpoint to every configured witness once an interval. A witness that is away is asked again at
/// the next one; nothing waits for it.
/// </summary>
internal sealed partial class WitnessPublisher(
    Func<LedgerSet> open, IHttpClientFactory http, TimeProvider time, ILogger<WitnessPublisher> logger) : BackgroundService
{
    /// <summary>Name of the HTTP client.</summary>
    public const string ClientName = "witness";

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        open().All.SelectMany(ledger => ledger.Options.WitnessUrls.Select(url => PublishAsync(ledger, url, stoppingToken))));

    private async Task PublishAsync(HostedLedger ledger, string url, CancellationToken stoppingToken)
    {
        var node = ledger.Node;
        var client = new WitnessClient(http.CreateClient(ClientName), new Uri(url), node.Proofs, node.Cosignatures);
        using var timer = new PeriodicTimer(ledger.Options.WitnessInterval, time);
        var away = false;
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                away = !await TryPublishAsync(client, node, url, away, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task<bool> TryPublishAsync(WitnessClient client, LedgerNode node, string url, bool away, CancellationToken stoppingToken)
    {
        try
        {
            await client.PublishAsync(node.Head.Newest, stoppingToken);
            if (away)
            {
                Log.Back(logger, url);
            }

            return true;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !stoppingToken.IsCancellationRequested)
        {
            // Once an absence: a witness that is down all night must not fill the disk with logs.
            if (!away)
            {
                Log.Away(logger, url, exception.Message);
            }

            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Witness {Url} does not cosign: {Reason}; it is asked again")]
        public static partial void Away(ILogger logger, string url, string reason);

        [LoggerMessage(2, LogLevel.Information, "Witness {Url} cosigns again")]
        public static partial void Back(ILogger logger, string url);
    }
}
