using System.Diagnostics;
using KpGrpc.InferenceServer.Batching;

namespace KpGrpc.InferenceServer.Telemetry;

/// <summary>The metrics of one version of one model, its tags already bound. Safe from any thread.</summary>
/// <param name="metrics">The instruments.</param>
/// <param name="model">Name of the model.</param>
/// <param name="version">Its version.</param>
internal sealed class ModelTelemetry(InferenceMetrics metrics, string model, string version)
{
    private static readonly string[] Reasons = [.. Enum.GetNames<BatchReason>().Select(name => name.ToLowerInvariant())];
    private readonly TagList tags = [new("model", model), new("version", version)];

    /// <summary>Records nothing that anybody reads.</summary>
    public static ModelTelemetry Unread { get; } = InferenceMetrics.Unread.Of("none", "0");

    /// <summary>The reason as metrics, traces and trailers name it.</summary>
    public static string NameOf(BatchReason reason) => Reasons[(int)reason];

    /// <summary>A batch was computed, or failed.</summary>
    public void Ran(TimeSpan duration, int rows, int tokens, int padding, BatchReason reason)
    {
        metrics.RunDuration.Record(duration.TotalSeconds, tags);
        metrics.BatchRows.Record(rows, With("reason", NameOf(reason)));
        metrics.Tokens.Add(tokens, tags);
        metrics.Padding.Add(padding, tags);
    }

    /// <summary>A request left the queue to be computed.</summary>
    public void Dequeued(TimeSpan queueTime) => metrics.QueueDelay.Record(queueTime.TotalSeconds, tags);

    /// <summary>The number that wait changed.</summary>
    public void Waits(int change) => metrics.Waiting.Add(change, tags);

    /// <summary>A request was not computed.</summary>
    /// <param name="reason">overload, deadline, cancelled or draining.</param>
    public void Rejected(string reason) => metrics.Rejections.Add(1, With("reason", reason));

    /// <summary>The model threw for this request alone.</summary>
    public void Failed() => metrics.Failures.Add(1, tags);

    /// <summary>The version was loaded, or was not.</summary>
    /// <param name="reason">ready, checks or gate.</param>
    public void Loaded(string reason) => metrics.Loads.Add(1, With("reason", reason));

    /// <summary>A copy for a shadow version was answered, failed or dropped.</summary>
    public void Shadowed(string reason) => metrics.ShadowRequests.Add(1, With("reason", reason));

    private TagList With(string name, string value)
    {
        var more = tags;
        more.Add(name, value);
        return more;
    }
}
