using System.Globalization;

namespace KpGrpc.InferenceServer.Registry.Loading;

/// <summary>Whether a version may take traffic by its card: not below the simple model of its own data, nor below the version in traffic.</summary>
internal static class GateCheck
{
    /// <summary>Prefix of the figures that the simple model had on the same cases, such as <c>floor.ndcg@10</c>.</summary>
    public const string FloorPrefix = "floor.";

    /// <summary>Compares the candidate's gate metric with its floor and with the same metric of the version in traffic.</summary>
    /// <returns>Null where it passes; else what is worse, and what to do.</returns>
    public static string? Fault(ModelCard candidate, ModelCard? current) => FloorFault(candidate) ?? TrafficFault(candidate, current);

    private static string? FloorFault(ModelCard candidate)
    {
        var metric = candidate.GateMetric;
        return candidate.Metrics.TryGetValue(metric, out var found) && candidate.Metrics.TryGetValue(FloorPrefix + metric, out var floor) && found.Value < floor.Value
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{metric} of {candidate.Name}/{candidate.Version} is {found.Value:0.####}, below the {floor.Value:0.####} that the simple model has on the same cases; train it longer or on more data, or load it with force to have it serve all the same")
            : null;
    }

    private static string? TrafficFault(ModelCard candidate, ModelCard? current)
    {
        var metric = candidate.GateMetric.Length > 0 ? candidate.GateMetric : current?.GateMetric ?? "";
        if (current is null || metric.Length == 0 || current.Dataset != candidate.Dataset || !current.Metrics.TryGetValue(metric, out var old))
        {
            return null; // figures of different data say nothing of each other
        }

        if (!candidate.Metrics.TryGetValue(metric, out var found))
        {
            return $"{candidate.Name}/{candidate.Version} has no figure for {metric}, the gate of {current.Version} in traffic; load it with force to have it serve all the same";
        }

        return found.Value >= old.Value ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"{metric} of {candidate.Name}/{candidate.Version} is {found.Value:0.####}, below the {old.Value:0.####} of {current.Version} in traffic; load it with force to have it serve all the same");
    }
}
