using KpGrpc.LoadTest.Peers;
using KpGrpc.Perf.Figures;

namespace KpGrpc.LoadTest.Measuring;

/// <summary>Turns measurements into figures: four of each, throughput beside its peer.</summary>
internal static class LedgerFigures
{
    private const string Postgres = "postgres";

    /// <param name="measurements">What was measured, in order.</param>
    /// <param name="peer">PostgreSQL in the same run; null for none.</param>
    /// <param name="signatures">Signatures made and verified a second in the same run; null where none was measured.</param>
    public static IReadOnlyList<Figure> Of(IEnumerable<Measurement> measurements, PostgresPeer? peer, double? signatures)
    {
        var figures = new List<Figure>();
        if (peer is not null)
        {
            figures.Add(PerSecond("postgres.zipf", peer.ZipfPerSecond, null, null));
            figures.Add(PerSecond("postgres.uniform", peer.UniformPerSecond, null, null));
        }

        if (signatures is { } limit)
        {
            figures.Add(PerSecond(SignatureLimit.Name, limit, null, null));
        }

        foreach (var measurement in measurements)
        {
            figures.Add(PerSecond(measurement.Name, measurement.PerSecond, PeerName(measurement.Name), PeerOf(measurement.Name, peer, signatures)));
            figures.Add(new Figure { Name = measurement.Name, Metric = "p50_ms", Value = Math.Round(measurement.P50Ms, 2), Unit = "ms" });
            figures.Add(new Figure { Name = measurement.Name, Metric = "p99_ms", Value = Math.Round(measurement.P99Ms, 2), Unit = "ms" });
            figures.Add(new Figure { Name = measurement.Name, Metric = "rss_mib", Value = Math.Round(measurement.RssMib), Unit = "MiBy" });
        }

        return figures;
    }

    private static string PeerName(string name) => name == "purchase" ? SignatureLimit.Name : Postgres;

    private static double? PeerOf(string name, PostgresPeer? peer, double? signatures) => name switch
    {
        "purchase" => signatures,
        "hotspot" or "hotspot.1000-callers" or "bulk" or "grown" => peer?.ZipfPerSecond,
        "uniform" => peer?.UniformPerSecond,
        _ => null,
    };

    private static Figure PerSecond(string name, double value, string? peerName, double? peer) => new()
    {
        Name = name,
        Metric = "per_second",
        Value = Math.Round(value),
        Unit = "1/s",
        Peer = peer is null ? null : peerName,
        Ratio = peer is null ? null : Math.Round(value / peer.Value, 2),
    };
}
