using System.Diagnostics;
using System.Globalization;
using Grpc.Core;
using KpGrpc.InferenceServer.Batching;
using KpGrpc.InferenceServer.Recommending.Scoring;
using KpGrpc.InferenceServer.Telemetry;

namespace KpGrpc.InferenceServer.Services.Inferring;

/// <summary>
/// Tells a caller, and the trace, about the batch that answered: <c>kp-queue-ms</c>, <c>kp-compute-ms</c>,
/// <c>kp-batch-rows</c>, <c>kp-batch-reason</c>, and the model that did.
/// </summary>
internal static class BatchTrailers
{
    /// <summary>Trailer and tag: milliseconds from submission until the batch began to be computed.</summary>
    public const string QueueMs = "kp-queue-ms";

    /// <summary>Trailer and tag: milliseconds of computing of the whole batch.</summary>
    public const string ComputeMs = "kp-compute-ms";

    /// <summary>Trailer and tag: requests in the batch.</summary>
    public const string Rows = "kp-batch-rows";

    /// <summary>Trailer and tag: why the batch left.</summary>
    public const string Reason = "kp-batch-reason";

    /// <summary>Trailer and tag: model and version, as <c>name/version</c>.</summary>
    public const string Model = "kp-model";

    /// <summary>Adds trailers to the call and tags to its trace.</summary>
    public static void Tell(ServerCallContext context, BatchFacts facts, string model, string version)
    {
        Add(context, Model, $"{model}/{version}");
        Add(context, QueueMs, facts.QueueTime.TotalMilliseconds.ToString("0.000", CultureInfo.InvariantCulture));
        Add(context, ComputeMs, facts.ComputeTime.TotalMilliseconds.ToString("0.000", CultureInfo.InvariantCulture));
        Add(context, Rows, facts.Rows.ToString(CultureInfo.InvariantCulture));
        Add(context, Reason, ModelTelemetry.NameOf(facts.Reason));
    }

    /// <summary>The same of a scorer; without effect where no batch scored.</summary>
    public static void Tell(ServerCallContext context, IWorkScorer scorer)
    {
        if (scorer.Batch is { } facts)
        {
            Tell(context, facts, scorer.Model, scorer.Version);
        }
    }

    private static void Add(ServerCallContext context, string name, string value)
    {
        context.ResponseTrailers.Add(name, value);
        Activity.Current?.SetTag(name, value);
    }
}
