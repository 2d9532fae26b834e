using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using KpGrpc.Perf.Harness.Measuring;
using KpGrpc.Perf.Harness.Running;

namespace KpGrpc.GatewayLoad.Peers;

/// <summary>One gRPC call sent over and over by h2load, which costs the machine less than a client of ours and so hides less.</summary>
/// <param name="url">Address of the method.</param>
/// <param name="bodyFile">The framed request.</param>
/// <param name="headers">Headers beside gRPC's own.</param>
/// <param name="bytesPerReply">Bytes of the framed reply, by which short or other answers are found.</param>
internal sealed partial class H2Load(Uri url, string bodyFile, IReadOnlyList<string> headers, int bytesPerReply)
{
    private const string Program = "/usr/bin/h2load";
    private const double ShareMin = 0.99; // of the bytes that the answers should have: the last ones may be cut off

    /// <summary>True where it is installed (<c>apt-get install nghttp2-client</c>).</summary>
    public static bool IsInstalled => File.Exists(Program);

    /// <summary>Measures.</summary>
    /// <param name="connections">Connections.</param>
    /// <param name="streams">Calls under way on each.</param>
    /// <param name="length">How long, after three seconds that do not count.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Calls a second and their latencies.</returns>
    /// <exception cref="LoadException">It failed, or a call did.</exception>
    public async Task<(double PerSecond, LatencyHistogram Latencies)> RunAsync(int connections, int streams, TimeSpan length, CancellationToken cancellationToken)
    {
        var log = $"{bodyFile}.log";
        File.Delete(log);
        string[] arguments =
        [
            $"-c{connections}", $"-m{streams}", "-t1", string.Create(CultureInfo.InvariantCulture, $"-D{Math.Ceiling(length.TotalSeconds):0}"), "--warm-up-time=3", $"-d{bodyFile}", $"--log-file={log}",
            "-Hcontent-type: application/grpc", "-Hte: trailers", .. headers.Select(header => $"-H{header}"), url.ToString(),
        ];
        using var process = Process.Start(new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        var text = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        var (rate, counts, bytes) = (Rate().Match(text), Counts().Match(text), Data().Match(text));
        if (process.ExitCode != 0 || !rate.Success || !counts.Success || !bytes.Success)
        {
            throw new LoadException($"h2load failed: {await error}{text}");
        }

        var (answered, data) = (Number(counts, 1), Number(bytes, 1));
        if (Number(counts, 2) + Number(counts, 3) > 0 || data < ShareMin * answered * bytesPerReply)
        {
            throw new LoadException($"not every call to {url} got its answer ({data / Math.Max(1, answered):0} bytes a call instead of {bytesPerReply}): {text}");
        }

        var latencies = new LatencyHistogram();
        await foreach (var line in File.ReadLinesAsync(log, cancellationToken))
        {
            latencies.Record(long.Parse(line.Split('\t')[2], CultureInfo.InvariantCulture));
        }

        return (Number(rate, 1), latencies);
    }

    private static double Number(Match match, int group) => double.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"finished in [\d.]+\w+, ([\d.]+) req/s")]
    private static partial Regex Rate();

    [GeneratedRegex(@"(\d+) succeeded, (\d+) failed, (\d+) errored")]
    private static partial Regex Counts();

    [GeneratedRegex(@"\((\d+)\) data")]
    private static partial Regex Data();
}
