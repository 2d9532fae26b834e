using System.Globalization;

namespace KpGrpc.InferenceServer.Registry.Loading;

/// <summary>Whether a version may take the traffic of another by the figures of their cards.</summary>
internal static class GateCheck
{
    /// <summary>Compares the candidate's gate metric with the same metric of the version in traffic.</summary>
    /// <returns>Null where it passes; else what is worse, and what to do.</returns>
    public static string? Fault(ModelCard candidate, ModelCard? current)
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
