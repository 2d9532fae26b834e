using KpGrpc.GatewayLoad.Chaos;
using KpGrpc.GatewayLoad.Servers;
using KpGrpc.GatewayLoad.Workloads;
using KpGrpc.Perf.Figures;
using KpGrpc.Perf.Harness.Running;

namespace KpGrpc.GatewayLoad.Running;

/// <summary>Runs the workloads one after another over one stack and writes what they gave.</summary>
/// <param name="options">What to run.</param>
/// <param name="output">Where to print.</param>
/// <param name="time">Clock of high resolution.</param>
internal sealed class GatewayLoadRun(GatewayLoadOptions options, TextWriter output, TimeProvider time)
{
    private readonly FigureList figures = new();
    private readonly Attempts attempts = new(output);

    /// <summary>Runs all that was asked for.</summary>
    /// <returns>The exit code: 0, or 1 where a part failed; the figures of the other parts are written all the same.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (options.Only.Contains("cached-profile") || options.Only.Contains("home"))
        {
            await RunLoadsAsync(cancellationToken);
        }

        if (options.Only.Contains("chaos"))
        {
            await attempts.RunAsync(new ChaosRun(options, figures, output, time).RunAsync(cancellationToken));
        }

        FigureTable.Write(output, figures.All);
        if (options.Output.Length > 0)
        {
            new FigureWriter(RunEnvironment.Detect(Environment.CurrentDirectory), time).WriteFile(options.Output, figures.All);
            await output.WriteLineAsync($"Written to {options.Output}");
        }

        return attempts.AnyFailed ? 1 : 0;
    }

    private async Task RunLoadsAsync(CancellationToken cancellationToken)
    {
        await using var stack = await GatewayStack.StartAsync(options, null, time, cancellationToken);
        await new Market(stack, time).FillAsync(cancellationToken);
        if (options.Only.Contains("cached-profile"))
        {
            await attempts.RunAsync(new CachedProfileLoad(options, stack, figures, output, time).RunAsync(cancellationToken));
        }

        if (options.Only.Contains("home"))
        {
            await attempts.RunAsync(new HomeLoad(options, stack, figures, output, time).RunAsync(cancellationToken));
        }
    }
}
