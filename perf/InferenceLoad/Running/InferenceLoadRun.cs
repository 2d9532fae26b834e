using KpGrpc.InferenceLoad.Workloads;
using KpGrpc.InferenceServer.Torch;
using KpGrpc.Perf.Figures;
using KpGrpc.Perf.Harness.Running;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace KpGrpc.InferenceLoad.Running;

/// <summary>Runs the workloads one after another and writes what they gave.</summary>
/// <param name="options">What to run.</param>
/// <param name="output">Where to print.</param>
/// <param name="time">Clock of high resolution.</param>
internal sealed class InferenceLoadRun(InferenceLoadOptions options, TextWriter output, TimeProvider time)
{
    private const double RecommendPerSecond = 100;
    private const double RecommendMillionPerSecond = 10;

    private readonly FigureList figures = new();
    private readonly Attempts attempts = new(output);

    /// <summary>Runs all that was asked for.</summary>
    /// <returns>The exit code: 0, or 1 where a part failed; the figures of the other parts are written all the same.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        _ = new TorchRuntime(Options.Create(new TorchOptions { Device = "cpu" }), NullLogger<TorchRuntime>.Instance);
        if (options.Runs("tagger", "batching", "overload", "swap", "cancel"))
        {
            await attempts.RunAsync(new TaggerLoad(options, figures, output, time).RunAsync(cancellationToken));
        }

        if (options.Runs("recommend-100k"))
        {
            await attempts.RunAsync(new RecommendLoad(options, 100_000, figures, output, time).RunAsync("recommend-100k", RecommendPerSecond, cancellationToken));
        }

        if (options.Runs("recommend-1m"))
        {
            await attempts.RunAsync(new RecommendLoad(options, 1_000_000, figures, output, time).RunAsync("recommend-1m", RecommendMillionPerSecond, cancellationToken));
        }

        FigureTable.Write(output, figures.All);
        if (options.Output.Length > 0)
        {
            new FigureWriter(RunEnvironment.Detect(Environment.CurrentDirectory), time).WriteFile(options.Output, figures.All);
            await output.WriteLineAsync($"Written to {options.Output}");
        }

        return attempts.AnyFailed ? 1 : 0;
    }
}
