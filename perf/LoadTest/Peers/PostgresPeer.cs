using System.Diagnostics;
using System.Globalization;
using KpGrpc.LoadTest.Running;
using KpGrpc.Perf.Harness.Running;

namespace KpGrpc.LoadTest.Peers;

/// <summary>PostgreSQL 15 with the same double entry, measured by <c>perf/peers/postgres/measure.sh</c>.</summary>
/// <param name="ZipfPerSecond">Best transfers a second at Zipf 2.0.</param>
/// <param name="UniformPerSecond">Best transfers a second with uniform accounts.</param>
/// <param name="Runs">The lines of all runs: distribution, clients, transfers a second, average milliseconds.</param>
internal sealed record PostgresPeer(double ZipfPerSecond, double UniformPerSecond, IReadOnlyList<string> Runs)
{
    private const int NotInstalled = 3;

    /// <summary>Measures; about 6 × <paramref name="seconds"/> and 10 seconds more.</summary>
    /// <returns>Null where PostgreSQL 15 is not installed; the output then says how to install it.</returns>
    /// <exception cref="LoadException">It failed.</exception>
    public static async Task<PostgresPeer?> MeasureAsync(LoadOptions options, int seconds, TextWriter output, CancellationToken cancellationToken)
    {
        string[] arguments = [options.Peer, seconds.ToString(CultureInfo.InvariantCulture), options.Accounts.ToString(CultureInfo.InvariantCulture)];
        using var process = Process.Start(new ProcessStartInfo("/bin/bash", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        var lines = (await process.StandardOutput.ReadToEndAsync(cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync(cancellationToken);
        switch (process.ExitCode)
        {
            case 0:
                return new PostgresPeer(Best(lines, "zipf"), Best(lines, "uniform"), lines);
            case NotInstalled:
                await output.WriteLineAsync($"skipped: postgres. {(await error).Trim()}");
                return null;
            default:
                throw new LoadException($"PostgreSQL could not be measured: {await error}");
        }
    }

    private static double Best(IEnumerable<string> lines, string distribution) => lines
        .Select(line => line.Split(' '))
        .Where(parts => parts[0] == distribution)
        .Max(parts => double.Parse(parts[2], CultureInfo.InvariantCulture));
}
