namespace KpGrpc.InferenceServer.Registry;

/// <summary>A figure of a card.</summary>
/// <param name="Value">In the metric's own unit.</param>
/// <param name="Samples">Samples behind it; 0 where unknown.</param>
internal sealed record CardMetric(double Value, long Samples = 0);
