using System.Diagnostics.Metrics;

namespace KpGrpc.Gateway.Telemetry;

/// <summary>What the Gateway counts. Meter <c>KpGrpc.Gateway</c>; safe from any thread.</summary>
internal sealed class GatewayMetrics
{
    public const string MeterName = "KpGrpc.Gateway";

    private readonly Counter<long> cacheReads;
    private readonly Counter<long> cacheFailures;
    private readonly Counter<long> degraded;
    private readonly Counter<long> purchases;
    private readonly Counter<long> eventsDropped;
    private readonly Counter<long> limited;
    private readonly Counter<long> auditFailures;

    public GatewayMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        cacheReads = meter.CreateCounter<long>("kp.gateway.cache.reads", "{read}", "Reads of the profile cache; tag result is hit, stale or miss");
        cacheFailures = meter.CreateCounter<long>("kp.gateway.cache.failures", "{operation}", "Redis operations that failed or took too long");
        degraded = meter.CreateCounter<long>("kp.gateway.degraded", "{answer}", "Answers poorer than they should be; tags method and reason");
        purchases = meter.CreateCounter<long>("kp.gateway.writes", "{write}", "Writes to the ledger; tags method and outcome");
        limited = meter.CreateCounter<long>("kp.gateway.limited", "{call}", "Calls refused because their caller, or all callers, asked too much; tag limit");
        auditFailures = meter.CreateCounter<long>("kp.gateway.audit.failures", "{line}", "Writes that could not be put into the audit log");
        eventsDropped = meter.CreateCounter<long>("kp.gateway.events.dropped", "{event}", "Purchase events given up: queue full or too many tries");
    }

    public void CacheRead(string result) => cacheReads.Add(1, new KeyValuePair<string, object?>("result", result));

    public void CacheFailed() => cacheFailures.Add(1);

    public void Degraded(string method, string reason) =>
        degraded.Add(1, new KeyValuePair<string, object?>("method", method), new KeyValuePair<string, object?>("reason", reason));

    public void Written(string method, string outcome) =>
        purchases.Add(1, new KeyValuePair<string, object?>("method", method), new KeyValuePair<string, object?>("outcome", outcome));

    public void EventDropped() => eventsDropped.Add(1);

    public void Limited(string limit) => limited.Add(1, new KeyValuePair<string, object?>("limit", limit));

    public void AuditFailed(int lines) => auditFailures.Add(lines);
}
