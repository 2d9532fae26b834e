using System.Threading.Channels;

using KpGrpc.Gateway.Caching;
using KpGrpc.Gateway.Downstream;
using KpGrpc.Gateway.Services.Purchases;
using KpGrpc.Gateway.Telemetry;

using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Recording;

/// <summary>
/// Tells the recommender of purchases. The first try is part of the purchase, so that the next feed knows of it; what
/// it cannot do goes on in the background. The ledger has the purchase whatever happens here.
/// </summary>
internal sealed partial class PurchaseRecording(
    EventRecorder recorder,
    ProfileCache profiles,
    GatewayMetrics metrics,
    TimeProvider time,
    IOptions<LedgerOptions> options,
    ILogger<PurchaseRecording> logger) : BackgroundService
{
    private static readonly TimeSpan WaitFirst = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(30);

    private readonly Channel<PurchaseEvent> waiting = Channel.CreateBounded<PurchaseEvent>(
        new BoundedChannelOptions(options.Value.EventQueueMax) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Records a purchase now or, when inference is away, later. Never throws for what inference does.</summary>
    /// <param name="purchase">The purchase.</param>
    /// <param name="cancellationToken">The buyer is gone: the rest happens in the background.</param>
    public async Task RecordAsync(PurchaseEvent purchase, CancellationToken cancellationToken)
    {
        var result = await recorder.RecordAsync(purchase, options.Value.EventDeadline, cancellationToken);
        await profiles.InvalidateAsync(purchase.LearnerId);
        if (result == RecordingResult.Refused)
        {
            Drop("refused");
        }
        else if (result == RecordingResult.Away && !waiting.Writer.TryWrite(purchase))
        {
            Drop("the queue is full");
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var purchase in waiting.Reader.ReadAllAsync(stoppingToken))
        {
            await RetryAsync(purchase, stoppingToken);
        }
    }

    private async Task RetryAsync(PurchaseEvent purchase, CancellationToken cancellationToken)
    {
        var wait = WaitFirst;
        for (var attempt = 1; attempt <= options.Value.EventTriesMax; attempt++)
        {
            await Task.Delay(wait, time, cancellationToken);
            var result = await recorder.RecordAsync(purchase, options.Value.EventDeadline, cancellationToken);
            if (result == RecordingResult.Recorded)
            {
                await profiles.InvalidateAsync(purchase.LearnerId);
                return;
            }

            if (result == RecordingResult.Refused)
            {
                Drop("refused");
                return;
            }

            wait = wait * 2 < WaitMax ? wait * 2 : WaitMax;
        }

        Drop("inference stayed away");
    }

    private void Drop(string why)
    {
        metrics.EventDropped();
        Log.Dropped(logger, why);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A purchase was not recorded as an event ({Why}); the ledger has it, the recommender does not")]
        public static partial void Dropped(ILogger logger, string why);
    }
}
