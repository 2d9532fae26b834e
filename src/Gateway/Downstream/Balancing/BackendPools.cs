using KpGrpc.Gateway.Telemetry;

using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Downstream.Balancing;

/// <summary>The servers behind the Gateway, shared by typed clients and the pass-through: what one finds out, the other knows.</summary>
internal sealed class BackendPools(
    IOptions<GatewayOptions> gateway, IOptions<ResilienceOptions> options, TimeProvider time, GatewayMetrics metrics, ILogger<BackendPools> logger) : IDisposable
{
    private readonly BackendPool inference = new(
        Destination.Inference, BackendAddress.ParseList(gateway.Value.InferenceAddress)!, options.Value, time, metrics, logger);

    private readonly BackendPool ledger = new(
        Destination.Ledger, BackendAddress.ParseList(gateway.Value.LedgerAddress)!, options.Value, time, metrics, logger);

    public IReadOnlyList<BackendPool> All => [inference, ledger];

    public BackendPool Of(Destination destination) => destination switch
    {
        Destination.Inference => inference,
        Destination.Ledger => ledger,
        _ => throw new ArgumentOutOfRangeException(nameof(destination), destination, "the Gateway does not call itself"),
    };

    public void Dispose()
    {
        inference.Dispose();
        ledger.Dispose();
    }
}
