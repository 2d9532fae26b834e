using KpGrpc.InferenceServer.Registry;

namespace KpGrpc.InferenceServer.Training.Orders;

/// <summary>What an evaluation found.</summary>
/// <param name="Metrics">Figures over all, by name.</param>
/// <param name="Labels">Figures a label, by label; empty where the task has none.</param>
/// <param name="FloorName">Name of the simple model beside; empty for none.</param>
/// <param name="Floor">The same figures of that model.</param>
internal sealed record EvaluationFigures(
    IReadOnlyDictionary<string, CardMetric> Metrics,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, CardMetric>> Labels,
    string FloorName,
    IReadOnlyDictionary<string, CardMetric> Floor);
