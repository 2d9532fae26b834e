namespace KpGrpc.InferenceServer.Training.Orders;

/// <summary>What to measure a version on.</summary>
/// <param name="Dataset">Full path of the data; null for the server's own events.</param>
/// <param name="Part">Which part of it.</param>
/// <param name="SamplesMax">Samples at most; 0 for all.</param>
/// <param name="Device"><c>auto</c>, <c>cpu</c> or <c>cuda</c>.</param>
internal sealed record EvaluationOrder(string? Dataset, DataPart Part, long SamplesMax, string Device = "auto");
