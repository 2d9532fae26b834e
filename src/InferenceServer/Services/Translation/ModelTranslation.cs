using Google.Protobuf.WellKnownTypes;
using KpGrpc.InferenceServer.Recommending;
using KpGrpc.Protos.Model.V1;

namespace KpGrpc.InferenceServer.Services.Translation;

/// <summary>The counts model as the contract lists models.</summary>
internal static class ModelTranslation
{
    /// <summary>Name of the counts model.</summary>
    public const string CountsName = "counts";

    /// <summary>Metric: events in the log when the version was trained.</summary>
    public const string EventsMetric = "events";

    /// <summary>Metric: events recorded since then.</summary>
    public const string NewEventsMetric = "new_events";

    private const uint AllTraffic = 1_000_000; // parts per million

    /// <summary>Names a version of the counts model.</summary>
    public static ModelRef Ref(string version) => new() { Name = CountsName, Version = version };

    /// <summary>Lists the version that serves.</summary>
    /// <param name="counts">The version.</param>
    /// <param name="ready">Whether it takes requests.</param>
    /// <param name="recorded">Events in the log now.</param>
    /// <param name="torchDevice">The device that libtorch chose, for operators.</param>
    public static ModelVersion ToProto(TrainedCounts counts, bool ready, long recorded, string torchDevice)
    {
        var trainedAt = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(counts.TrainedAt));
        return new ModelVersion
        {
            Ref = Ref(counts.Version),
            Task = ModelTask.Recommendation,
            State = ready ? ModelState.Ready : ModelState.Loading,
            StateReason = $"counts run on the processor; libtorch is loaded with device {torchDevice}",
            Device = Device.Cpu,
            Instances = 1,
            TrafficPpm = ready ? AllTraffic : 0,
            Metrics =
            {
                new Metric { Name = EventsMetric, Value = counts.Events },
                new Metric { Name = "interactions", Value = counts.Model.Interactions },
                new Metric { Name = "learners", Value = counts.Learners },
                new Metric { Name = NewEventsMetric, Value = Math.Max(0, recorded - counts.Events) },
                new Metric { Name = "works", Value = counts.WorkIds.Count },
            },
            SizeBytes = (ulong)counts.Model.NeighbourBytes,
            Dataset = "events",
            CodeVersion = typeof(ModelTranslation).Assembly.GetName().Version?.ToString(3) ?? "",
            PublishedAt = counts.TrainedAt > 0 ? trainedAt : null,
            LoadedAt = counts.TrainedAt > 0 ? trainedAt : null,
        };
    }
}
