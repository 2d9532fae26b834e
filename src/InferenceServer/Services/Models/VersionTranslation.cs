using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using KpGrpc.InferenceServer.Registry.Serving;
using KpGrpc.Protos.Model.V1;

namespace KpGrpc.InferenceServer.Services.Models;

/// <summary>Versions of the registry as the contract has them.</summary>
internal static class VersionTranslation
{
    /// <summary>A version as it is now.</summary>
    public static ModelVersion ToProto(VersionStatus status)
    {
        var answer = new ModelVersion
        {
            Ref = new ModelRef { Name = status.Name, Version = status.Version },
            State = (ModelState)status.State,
            StateReason = status.Reason,
            Device = status.Device.StartsWith("cuda", StringComparison.Ordinal) ? Device.Cuda : status.Device.Length > 0 ? Device.Cpu : Device.Unspecified,
            DeviceIndex = uint.TryParse(status.Device.Split(':')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : 0,
            Instances = (uint)status.Instances,
            TrafficPpm = (uint)status.TrafficPpm,
            Shadow = status.Shadow,
            LoadedAt = status.LoadedAt is { } loaded ? Timestamp.FromDateTimeOffset(loaded) : null,
        };
        if (status.Folder is { } folder)
        {
            var card = folder.Card;
            var weights = card.Files.FirstOrDefault(file => file.Path == card.WeightsFile);
            answer.Task = (ModelTask)card.Task;
            answer.GateMetric = card.GateMetric;
            answer.Dataset = card.Dataset;
            answer.CodeVersion = card.CodeVersion;
            answer.SizeBytes = (ulong)folder.Bytes;
            answer.WeightsSha256 = weights is null ? ByteString.Empty : ByteString.CopyFrom(Convert.FromHexString(weights.Sha256));
            answer.PublishedAt = Timestamp.FromDateTimeOffset(card.PublishedAt);
            answer.Labels.AddRange(card.Labels);
            answer.Metrics.AddRange(card.Metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal).Select(
                metric => new Metric { Name = metric.Key, Value = metric.Value.Value, SampleCount = (ulong)metric.Value.Samples }));
        }

        return answer;
    }
}
