using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KpGrpc.InferenceServer.Registry.Serving;

/// <summary>Loads what is published when the server starts. Not ready before that is done, so that no request meets a cold model.</summary>
internal sealed class RegistryStart(ModelRegistry registry) : BackgroundService, IHealthCheck
{
    private volatile bool done;

    /// <summary>True once every published model was tried.</summary>
    public bool IsDone => done;

    /// <inheritdoc />
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(done ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("published models are being loaded"));

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        await registry.StartAsync(stoppingToken);
        done = true;
    }
}
