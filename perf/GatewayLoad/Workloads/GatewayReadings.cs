using System.Globalization;
using System.Text.RegularExpressions;
using KpGrpc.GatewayLoad.Servers;

namespace KpGrpc.GatewayLoad.Workloads;

/// <summary>What the Gateway counts, as its Prometheus endpoint says it.</summary>
/// <param name="Values">Value by series: name with labels.</param>
internal sealed partial record GatewayReadings(IReadOnlyDictionary<string, double> Values)
{
    private const string Duration = "http_client_request_duration_seconds";
    private const string CacheReads = "kp_gateway_cache_reads";

    /// <summary>Reads the endpoint.</summary>
    public static async Task<GatewayReadings> ReadAsync(GatewayStack stack, DevelopmentTokens tokens, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = stack.Gateway.Http };
        foreach (var header in await tokens.HeadersAsync("operator", "operator", cancellationToken))
        {
            http.DefaultRequestHeaders.Add(header.Key, header.Value);
        }

        var values = new Dictionary<string, double>();
        foreach (var line in (await http.GetStringAsync(new Uri("/metrics", UriKind.Relative), cancellationToken)).Split('\n'))
        {
            if (Series().Match(line) is { Success: true } match && double.TryParse(match.Groups[2].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            {
                values[match.Groups[1].Value] = value;
            }
        }

        return new GatewayReadings(values);
    }

    /// <summary>What was counted since.</summary>
    public GatewayReadings Since(GatewayReadings before) =>
        new(Values.ToDictionary(entry => entry.Key, entry => entry.Value - before.Values.GetValueOrDefault(entry.Key)));

    /// <summary>Calls to the servers behind the Gateway: mean time and how many there were.</summary>
    /// <param name="servers">Name of a server by its port.</param>
    public IEnumerable<(string Server, double MeanMs, double Calls)> Stages(IReadOnlyDictionary<int, string> servers) =>
        from entry in Values
        where entry.Key.StartsWith($"{Duration}_count", StringComparison.Ordinal) && entry.Value > 0
        let labels = entry.Key[$"{Duration}_count".Length..]
        let port = int.Parse(Port().Match(labels).Groups[1].ValueSpan, CultureInfo.InvariantCulture)
        where servers.ContainsKey(port)
        group (Count: entry.Value, Sum: Values.GetValueOrDefault($"{Duration}_sum{labels}")) by servers[port] into calls
        select (calls.Key, 1000 * calls.Sum(call => call.Sum) / calls.Sum(call => call.Count), calls.Sum(call => call.Count));

    /// <summary>Reads of the profile cache by their result, as shares.</summary>
    public IEnumerable<(string Result, double Share)> CacheShares()
    {
        var reads = Values.Where(entry => entry.Key.StartsWith(CacheReads, StringComparison.Ordinal) && entry.Value > 0).ToList();
        var all = reads.Sum(entry => entry.Value);
        return reads.GroupBy(entry => Result().Match(entry.Key).Groups[1].Value, entry => entry.Value).Select(group => (group.Key, group.Sum() / all));
    }

    [GeneratedRegex(@"^([a-zA-Z_:][^ ]*(?:\{.*\})?) ([^ ]+)")]
    private static partial Regex Series();

    [GeneratedRegex("server_port=\"(\\d+)\"")]
    private static partial Regex Port();

    [GeneratedRegex("result=\"(\\w+)\"")]
    private static partial Regex Result();
}
