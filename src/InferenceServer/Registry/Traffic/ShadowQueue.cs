using System.Threading.Channels;
using KpGrpc.InferenceServer.Batching;
using KpGrpc.InferenceServer.Registry.Serving;
using KpGrpc.InferenceServer.Telemetry;
using Microsoft.Extensions.Options;

namespace KpGrpc.InferenceServer.Registry.Traffic;

/// <summary>
/// Sends copies of requests to shadow versions, measures them and throws the answers away. Never holds up whom it copies: what
/// does not fit the queue is dropped and counted.
/// </summary>
internal sealed class ShadowQueue(IOptions<RegistryOptions> options, InferenceMetrics metrics, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10); // a copy that waited longer measures nothing

    private readonly Channel<Copy> copies = Channel.CreateBounded<Copy>(new BoundedChannelOptions(options.Value.ShadowQueueMax) { SingleReader = true });

    /// <summary>Asks a version for an answer that nobody waits for.</summary>
    /// <param name="lease">The version; given back by the queue.</param>
    /// <param name="call">The request.</param>
    public void Offer(ModelLease lease, ShadowCall call)
    {
        if (!copies.Writer.TryWrite(new Copy(lease, call)))
        {
            TelemetryOf(lease).Shadowed("dropped");
            lease.Dispose();
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var free = new SemaphoreSlim(options.Value.ShadowConcurrency);
        try
        {
            await foreach (var copy in copies.Reader.ReadAllAsync(stoppingToken))
            {
                await free.WaitAsync(stoppingToken);
                _ = AskAsync(copy, free, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // told to stop
        }

        copies.Writer.TryComplete();
        while (copies.Reader.TryRead(out var left))
        {
            left.Lease.Dispose();
        }

        for (var i = 0; i < options.Value.ShadowConcurrency; i++)
        {
            await free.WaitAsync(CancellationToken.None);
        }
    }

    private async Task AskAsync(Copy copy, SemaphoreSlim free, CancellationToken cancellationToken)
    {
        try
        {
            await copy.Call(copy.Lease.Model, Priority.Bulk, time.GetUtcNow() + Patience, cancellationToken);
            TelemetryOf(copy.Lease).Shadowed("answered");
        }
        catch (Exception)
        {
            TelemetryOf(copy.Lease).Shadowed("failed"); // nobody waits for it; the version's own metrics say more
        }
        finally
        {
            copy.Lease.Dispose();
            free.Release();
        }
    }

    private ModelTelemetry TelemetryOf(ModelLease lease) => metrics.Of(lease.Card.Name, lease.Card.Version);

    private readonly record struct Copy(ModelLease Lease, ShadowCall Call);
}
