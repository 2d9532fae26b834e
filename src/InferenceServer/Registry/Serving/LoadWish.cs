namespace KpGrpc.InferenceServer.Registry.Serving;

/// <summary>How a version is wanted.</summary>
/// <param name="Instances">Instances; 0 for the configured number.</param>
/// <param name="Device"><c>auto</c>, <c>cpu</c> or <c>cuda</c>.</param>
/// <param name="Force">Although the gate metric is worse.</param>
/// <param name="WithoutTraffic">Leave all traffic where it is.</param>
internal sealed record LoadWish(int Instances = 0, string Device = "auto", bool Force = false, bool WithoutTraffic = false);
