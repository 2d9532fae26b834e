namespace KpGrpc.LoadTest.Measuring;

/// <summary>What one workload gave.</summary>
/// <param name="Name">Name of the workload.</param>
/// <param name="PerSecond">Things done a second, all answered.</param>
/// <param name="P50Ms">Median latency, in milliseconds.</param>
/// <param name="P99Ms">99th percentile, in milliseconds.</param>
/// <param name="RssMib">Resident memory of the server at the end, in MiB.</param>
/// <param name="Note">What else is worth a line.</param>
internal sealed record Measurement(string Name, double PerSecond, double P50Ms, double P99Ms, double RssMib, string Note = "");
