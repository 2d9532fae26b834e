using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KpGrpc.ServiceDefaults.Hosting;

/// <summary>
/// Whether this process wants new calls. Starting and draining servers are alive but not ready; parts that need time
/// to start (a model, a replay) add their own check with <see cref="Tag"/>. Safe from any thread.
/// </summary>
public sealed class Readiness : IHealthCheck
{
    /// <summary>Tag of the health checks that <c>/health/ready</c> and the gRPC health service ask.</summary>
    public const string Tag = "ready";

    private volatile string? reason = "starting";

    /// <summary>Gets a value indicating whether the process wants new calls.</summary>
    public bool IsReady => reason is null;

    /// <summary>Reports the process as ready.</summary>
    public void MarkReady() => reason = null;

    /// <summary>Reports the process as not ready.</summary>
    /// <param name="why">One word or sentence for the operator.</param>
    public void MarkNotReady(string why) => reason = why;

    /// <inheritdoc />
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var why = reason;
        return Task.FromResult(why is null ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(why));
    }
}
