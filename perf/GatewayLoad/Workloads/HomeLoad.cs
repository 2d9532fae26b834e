using Grpc.Core;
using KpGrpc.GatewayLoad.Running;
using KpGrpc.GatewayLoad.Servers;
using KpGrpc.Perf.Harness.Callers;
using KpGrpc.Perf.Harness.Running;
using KpGrpc.Protos.Learner.V1;
using Outcome = KpGrpc.Perf.Harness.Callers.Outcome;

namespace KpGrpc.GatewayLoad.Workloads;

/// <summary>Home feeds end to end, through all three servers, at a fixed rate.</summary>
internal sealed class HomeLoad(GatewayLoadOptions options, GatewayStack stack, FigureList figures, TextWriter output, TimeProvider time)
{
    private const string Name = "home";
    private const double PerSecond = 100;
    private const int OutstandingMax = 2_000;
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(10);

    private readonly LearnerService.LearnerServiceClient client = new(stack.Channel);
    private readonly List<Metadata> headers = [];
    private long asked;
    private long degraded;
    private long items;

    /// <summary>Runs it.</summary>
    /// <exception cref="LoadException">No feed was whole.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var tokens = new DevelopmentTokens(stack);
        for (var learner = 0; learner < Market.Learners; learner++)
        {
            headers.Add(await tokens.HeadersAsync(Market.LearnerId(learner), cancellationToken));
        }

        var before = await GatewayReadings.ReadAsync(stack, tokens, cancellationToken);
        var load = await new Load(OneAsync, time).OpenAsync(PerSecond, TimeSpan.FromSeconds(options.Seconds), OutstandingMax, cancellationToken);
        var readings = (await GatewayReadings.ReadAsync(stack, tokens, cancellationToken)).Since(before);
        if (load.Answered == 0 || Interlocked.Read(ref items) == 0)
        {
            throw new LoadException($"no feed came: {load.Failed} failed; {stack.Gateway.LastOutput()}");
        }

        figures.AddLoad(Name, load, stack.Gateway.ResidentMib);
        figures.Add(Name, "degraded", Interlocked.Read(ref degraded), null);
        await output.WriteLineAsync(FormattableString.Invariant(
            $"{Name} at {PerSecond:0}/s: p50 {load.Latencies.QuantileMs(0.5):0.0} ms, p99 {load.Latencies.QuantileMs(0.99):0.0} ms; {load.Failed} failed, {Interlocked.Read(ref degraded)} degraded"));
        var servers = new Dictionary<int, string> { [stack.Inference.Address.Port] = "inference", [stack.Ledger.Address.Port] = "ledger" };
        double feeds = Interlocked.Read(ref asked); // those before the measurement included
        foreach (var (server, milliseconds, calls) in readings.Stages(servers))
        {
            figures.Add($"{Name}.{server}", "mean_ms", milliseconds, "ms");
            figures.Add($"{Name}.{server}", "calls_per_feed", calls / feeds, null);
            await output.WriteLineAsync(FormattableString.Invariant($"  of it {server}: {calls / feeds:0.0} calls a feed, mean {milliseconds:0.00} ms"));
        }

    }

    private async Task<Outcome> OneAsync(long number, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref asked);
        var learner = number * 7919 % Market.Learners;
        try
        {
            var feed = await client.GetHomeAsync(
                new GetHomeRequest { LearnerId = Market.LearnerId(learner) }, headers[(int)learner], (time.GetUtcNow() + CallLimit).UtcDateTime, cancellationToken);
            Interlocked.Add(ref items, feed.Items.Count);
            Interlocked.Add(ref degraded, feed.Degraded ? 1 : 0);
            return new Outcome(OutcomeKind.Answered);
        }
        catch (RpcException)
        {
            return new Outcome(OutcomeKind.Failed);
        }
    }
}
