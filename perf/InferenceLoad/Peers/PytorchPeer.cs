using System.Diagnostics;
using System.Globalization;
using KpGrpc.Perf.Harness.Running;

namespace KpGrpc.InferenceLoad.Peers;

/// <summary>The same checkpoint in PyTorch, measured by a script that prints <c>naive NUMBER</c> and <c>naive16 NUMBER</c>, sequences a second.</summary>
/// <param name="Naive">One at a time, padded to 128.</param>
/// <param name="Naive16">Sixteen at a time, padded to 128.</param>
internal sealed record PytorchPeer(double Naive, double Naive16)
{
    private const int NotInstalled = 3;

    /// <summary>Measures.</summary>
    /// <returns>Null where PyTorch is not installed; the output then says how to install it.</returns>
    /// <exception cref="LoadException">The script failed.</exception>
    public static async Task<PytorchPeer?> MeasureAsync(string script, string checkpoint, string texts, int seconds, TextWriter output, CancellationToken cancellationToken)
    {
        string[] arguments = [script, checkpoint, texts, seconds.ToString(CultureInfo.InvariantCulture)];
        using var process = Process.Start(new ProcessStartInfo("/bin/bash", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        var lines = (await process.StandardOutput.ReadToEndAsync(cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync(cancellationToken);
        switch (process.ExitCode)
        {
            case 0:
                return new PytorchPeer(Number(lines, "naive "), Number(lines, "naive16 "));
            case NotInstalled:
                await output.WriteLineAsync($"skipped: pytorch. {(await error).Trim()}");
                return null;
            default:
                throw new LoadException($"PyTorch could not be measured: {await error}");
        }
    }

    private static double Number(IEnumerable<string> lines, string name) => double.Parse(
        lines.First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..], CultureInfo.InvariantCulture);
}
