using System.Globalization;

using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.Telemetry;

/// <summary>One answer of a server's <c>/metrics</c>.</summary>
internal sealed class Scrape(string text)
{
    private readonly string[] lines = text.Split('\n');

    public static async Task<Scrape> OfAsync(TestServer server)
    {
        using var http = new HttpClient { BaseAddress = server.HttpAddress };
        return new Scrape(await http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken).WithinAsync("the metrics"));
    }

    public bool Contains(string part) => lines.Any(line => line.StartsWith(part, StringComparison.Ordinal));

    /// <summary>The value of the only series of a name that has a part in its labels.</summary>
    public double Value(string name, string label = "ledger=\"main\"")
    {
        var found = lines.Where(line => line.StartsWith(name + "{", StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal)).ToArray();
        var line = Assert.Single(found);
        return double.Parse(line[(line.LastIndexOf("} ", StringComparison.Ordinal) + 2)..].Split(' ')[0], CultureInfo.InvariantCulture);
    }
}
