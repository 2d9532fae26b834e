using System.Diagnostics.Metrics;

namespace KpGrpc.Gateway.Telemetry;

/// <summary>What the Gateway counts. Meter <c>KpGrpc.Gateway</c>; safe from any thread.</summary>
internal sealed class GatewayMetrics
{
    public const string MeterName = "KpGrpc.Gateway";

    private readonly Meter meter;
    private readonly Counter<long> cacheReads;
    private readonly Counter<long> refreshes;
    private readonly Counter<long> endsDropped;
    private readonly Counter<long> ejections;
    private readonly Counter<long> retries;
    private readonly Counter<long> cacheFailures;
    private readonly Counter<long> degraded;
    private readonly Counter<long> purchases;
    private readonly Counter<long> eventsDropped;
    private readonly Counter<long> limited;
    private readonly Counter<long> auditFailures;

    public GatewayMetrics(IMeterFactory factory)
    {
        meter = factory.Create(MeterName);
        cacheReads = meter.CreateCounter<long>("kp.gateway.cache.reads", "{read}", "Reads of the profile cache; tags result (hit, stale or miss) and level (memory, redis or none)");
        cacheFailures = meter.CreateCounter<long>("kp.gateway.cache.failures", "{operation}", "Redis operations that failed or took too long");
        refreshes = meter.CreateCounter<long>("kp.gateway.cache.refreshes", "{refresh}", "Profiles renewed in the background; tag result is done or failed");
        endsDropped = meter.CreateCounter<long>("kp.gateway.cache.ends.dropped", "{learner}", "Learners whose cached profile could not be ended while Redis was away, because too many waited");
        ejections = meter.CreateCounter<long>("kp.gateway.downstream.ejections", "{ejection}", "Servers taken out of rotation; tags destination and reason (failures, latency or silence)");
        retries = meter.CreateCounter<long>("kp.gateway.downstream.retries", "{retry}", "Second and further attempts of reads; tags destination and result (spent, or refused by the budget)");
        degraded = meter.CreateCounter<long>("kp.gateway.degraded", "{answer}", "Answers poorer than they should be; tags method and reason");
        purchases = meter.CreateCounter<long>("kp.gateway.writes", "{write}", "Writes to the ledger; tags method and outcome");
        limited = meter.CreateCounter<long>("kp.gateway.limited", "{call}", "Calls refused because their caller, or all callers, asked too much; tag limit");
        auditFailures = meter.CreateCounter<long>("kp.gateway.audit.failures", "{line}", "Writes that could not be put into the audit log");
        eventsDropped = meter.CreateCounter<long>("kp.gateway.events.dropped", "{event}", "Purchase events given up: queue full or too many tries");
    }

    public void CacheRead(string result, string level) =>
        cacheReads.Add(1, new KeyValuePair<string, object?>("result", result), new KeyValuePair<string, object?>("level", level));

    public void Refreshed(bool done) => refreshes.Add(1, new KeyValuePair<string, object?>("result", done ? "done" : "failed"));

    public void EndDropped() => endsDropped.Add(1);

    public void Ejected(string destination, string reason) =>
        ejections.Add(1, new KeyValuePair<string, object?>("destination", destination), new KeyValuePair<string, object?>("reason", reason));

    public void Retried(string destination, bool allowed) =>
        retries.Add(1, new KeyValuePair<string, object?>("destination", destination), new KeyValuePair<string, object?>("result", allowed ? "spent" : "refused"));

    /// <summary>Publishes how many servers of a destination are in and out of rotation; none in rotation is an open breaker.</summary>
    public void Watch(string destination, Func<int> healthy, Func<int> ejected)
    {
        meter.CreateObservableGauge(
            "kp.gateway.downstream.servers",
            () => new Measurement<int>[]
            {
                new(healthy(), new KeyValuePair<string, object?>("destination", destination), new KeyValuePair<string, object?>("state", "healthy")),
                new(ejected(), new KeyValuePair<string, object?>("destination", destination), new KeyValuePair<string, object?>("state", "ejected")),
            },
            "{server}",
            "Servers of a destination by state");
        meter.CreateObservableGauge(
            "kp.gateway.downstream.breaker",
            () => new Measurement<int>(healthy() == 0 ? 1 : 0, new KeyValuePair<string, object?>("destination", destination)),
            "{breaker}",
            "1 where calls to a destination fail at once, because none of its servers is healthy");
    }

    public void CacheFailed() => cacheFailures.Add(1);

    public void Degraded(string method, string reason) =>
        degraded.Add(1, new KeyValuePair<string, object?>("method", method), new KeyValuePair<string, object?>("reason", reason));

    public void Written(string method, string outcome) =>
        purchases.Add(1, new KeyValuePair<string, object?>("method", method), new KeyValuePair<string, object?>("outcome", outcome));

    public void EventDropped() => eventsDropped.Add(1);

    public void Limited(string limit) => limited.Add(1, new KeyValuePair<string, object?>("limit", limit));

    public void AuditFailed(int lines) => auditFailures.Add(lines);
}
