using System.Diagnostics.Metrics;

namespace KpGrpc.InferenceServer.Telemetry;

/// <summary>
/// What the InferenceServer measures of its models. Meter <c>KpGrpc.InferenceServer</c>; tags <c>model</c> and
/// <c>version</c> on all, <c>reason</c> from closed sets. Safe from any thread.
/// </summary>
internal sealed class InferenceMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "KpGrpc.InferenceServer";

    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5] };
    private static readonly InstrumentAdvice<long> Rows = new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 1_024, 4_096] };

    /// <summary>Makes the instruments.</summary>
    public InferenceMetrics(IMeterFactory factory)
        : this(factory.Create(MeterName))
    {
    }

    private InferenceMetrics(Meter meter)
    {
        QueueDelay = meter.CreateHistogram("kp.inference.queue.duration", "s", "From a request's submission until its batch began to be computed", advice: Seconds);
        RunDuration = meter.CreateHistogram("kp.inference.run.duration", "s", "Computing of a batch", advice: Seconds);
        BatchRows = meter.CreateHistogram("kp.inference.batch.rows", "{request}", "Requests in a batch; tag reason says why it left", advice: Rows);
        Tokens = meter.CreateCounter<long>("kp.inference.tokens", "{token}", "Tokens of requests that were computed");
        Padding = meter.CreateCounter<long>("kp.inference.padding", "{token}", "Tokens that were computed only because rows of a batch differed in length");
        Rejections = meter.CreateCounter<long>("kp.inference.rejections", "{request}", "Requests that were not computed; tag reason: overload, deadline, cancelled, draining");
        Failures = meter.CreateCounter<long>("kp.inference.failures", "{request}", "Requests for which the model threw, alone");
        Waiting = meter.CreateUpDownCounter<long>("kp.inference.queue.requests", "{request}", "Requests that wait");
        Loads = meter.CreateCounter<long>("kp.inference.loads", "{load}", "Loads of versions; tag reason: ready, checks, gate");
        ShadowRequests = meter.CreateCounter<long>("kp.inference.shadow.requests", "{request}", "Copies for shadow versions; tag reason: answered, failed, dropped");
    }

    /// <summary>Instruments that nobody reads.</summary>
    public static InferenceMetrics Unread { get; } = new(new Meter("unread"));

    public Histogram<double> QueueDelay { get; }

    public Histogram<double> RunDuration { get; }

    public Histogram<long> BatchRows { get; }

    public Counter<long> Tokens { get; }

    public Counter<long> Padding { get; }

    public Counter<long> Rejections { get; }

    public Counter<long> Failures { get; }

    public UpDownCounter<long> Waiting { get; }

    public Counter<long> Loads { get; }

    public Counter<long> ShadowRequests { get; }

    /// <summary>What one version of one model records.</summary>
    public ModelTelemetry Of(string model, string version) => new(this, model, version);
}
