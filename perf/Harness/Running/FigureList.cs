using KpGrpc.Perf.Figures;
using KpGrpc.Perf.Harness.Callers;

namespace KpGrpc.Perf.Harness.Running;

/// <summary>The figures of a run, in order.</summary>
public sealed class FigureList
{
    private readonly List<Figure> figures = [];

    /// <summary>All of them.</summary>
    public IReadOnlyList<Figure> All => figures;

    /// <summary>Adds one.</summary>
    /// <param name="name">Workload.</param>
    /// <param name="metric">Which figure of it.</param>
    /// <param name="value">The figure.</param>
    /// <param name="unit">Its unit; null for none.</param>
    /// <param name="peer">What it stands beside; null for nothing.</param>
    /// <param name="other">The peer's value.</param>
    public void Add(string name, string metric, double value, string? unit, string? peer = null, double other = 0) => figures.Add(new Figure
    {
        Name = name,
        Metric = metric,
        Value = Math.Round(value, value < 100 ? 2 : 0),
        Unit = unit,
        Peer = peer,
        Ratio = peer is null || other <= 0 ? null : Math.Round(value / other, 3),
    });

    /// <summary>Adds what every load has: throughput, latencies, errors, memory of the server.</summary>
    public void AddLoad(string name, LoadResult load, double rssMib, string? peer = null, double other = 0)
    {
        Add(name, "per_second", load.PerSecond, "1/s", peer, other);
        Add(name, "p50_ms", load.Latencies.QuantileMs(0.5), "ms");
        Add(name, "p99_ms", load.Latencies.QuantileMs(0.99), "ms");
        Add(name, "errors", load.Failed, null);
        Add(name, "rss_mib", rssMib, "MiBy");
    }
}
