using KpGrpc.LoadTest.Accounts;
using KpGrpc.LoadTest.Measuring;
using KpGrpc.LoadTest.Peers;
using KpGrpc.LoadTest.Proofs;
using KpGrpc.LoadTest.Purchases;
using KpGrpc.LoadTest.Servers;
using KpGrpc.LoadTest.Transfers;
using KpGrpc.Perf.Figures;
using KpGrpc.Perf.Harness.Measuring;
using KpGrpc.Perf.Harness.Running;

namespace KpGrpc.LoadTest.Running;

/// <summary>Runs the workloads one after another, each kind on a ledger of its own, and writes what they gave.</summary>
/// <param name="options">What to run.</param>
/// <param name="output">Where to print.</param>
/// <param name="time">Clock of high resolution.</param>
internal sealed class LoadRun(LoadOptions options, TextWriter output, TimeProvider time)
{
    private const double Zipf = 2.0;
    private static readonly TimeSpan RestartsLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LimitLength = TimeSpan.FromSeconds(2);
    private readonly List<Measurement> measurements = [];
    private double? signatures;
    private readonly Attempts attempts = new(output);

    private TimeSpan Long => TimeSpan.FromSeconds(options.Seconds);

    private TimeSpan Short => TimeSpan.FromSeconds(Math.Max(1, options.Seconds / 3));

    /// <summary>Runs all that was asked for.</summary>
    /// <returns>The exit code: 0, or 1 where a part failed; the figures of the other parts are written all the same.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var peer = options.Runs("postgres") && options.Peer.Length > 0
            ? await PostgresPeer.MeasureAsync(options, (int)Short.TotalSeconds, output, cancellationToken)
            : null;
        if (peer is not null)
        {
            await output.WriteLineAsync($"postgres: {string.Join("; ", peer.Runs)}");
        }

        await attempts.RunAsync(RunTransfersAsync(cancellationToken));
        await attempts.RunAsync(RunPurchasesAsync(cancellationToken));
        await attempts.RunAsync(RunGrownAsync(cancellationToken));

        var figures = LedgerFigures.Of(measurements, peer, signatures);
        FigureTable.Write(output, figures);
        if (options.Output.Length > 0)
        {
            new FigureWriter(RunEnvironment.Detect(Environment.CurrentDirectory), time).WriteFile(options.Output, figures);
            await output.WriteLineAsync($"Written to {options.Output}");
        }

        return attempts.AnyFailed ? 1 : 0;
    }

    private async Task RunTransfersAsync(CancellationToken cancellationToken)
    {
        if (!options.Runs("hotspot", "uniform", "bulk", "proof", "restart"))
        {
            return;
        }

        await using var session = await LedgerSession.StartAsync(options, "transfers", time, cancellationToken);
        var accounts = AccountOpening.Ids(options.Accounts);
        await AccountOpening.OpenAsync(session, accounts, cancellationToken);
        var hot = AccountSampler.Zipf(accounts.Length, Zipf);
        var even = AccountSampler.Uniform(accounts.Length);
        if (options.Runs("hotspot"))
        {
            await KeepAsync(new TransferLoad(session, accounts, hot, time).RunAsync("hotspot", 8_000, 1, Long, cancellationToken));
            await KeepAsync(new TransferLoad(session, accounts, hot, time).RunAsync("hotspot.1000-callers", 1_000, 1, Long, cancellationToken));
        }

        if (options.Runs("uniform"))
        {
            await KeepAsync(new TransferLoad(session, accounts, even, time).RunAsync("uniform", 8_000, 1, Long, cancellationToken));
        }

        if (options.Runs("bulk"))
        {
            await KeepAsync(new TransferLoad(session, accounts, hot, time).RunAsync("bulk", 4, 8_000, Short, cancellationToken));
        }

        if (options.Runs("proof"))
        {
            await KeepAsync(new ProofLoad(session, time).RunAsync("proof", Short, cancellationToken));
        }

        if (options.Runs("restart"))
        {
            await KeepAsync(RestartAsync(session, "restart", cancellationToken));
        }
    }

    private async Task RunPurchasesAsync(CancellationToken cancellationToken)
    {
        if (!options.Runs("purchase", "purchase-alone"))
        {
            return;
        }

        signatures = await SignatureLimit.MeasureAsync(LimitLength);
        await output.WriteLineAsync(FormattableString.Invariant($"{SignatureLimit.Name}: {signatures:N0}/s on all cores, with nothing else to do"));
        await using var session = await LedgerSession.StartAsync(options, "purchases", time, cancellationToken);
        await PurchaseMarket.OpenAsync(session, cancellationToken);
        if (options.Runs("purchase"))
        {
            await KeepAsync(new PurchaseLoad(session, time).RunAsync("purchase", 64, 0, Long, cancellationToken));
        }

        if (options.Runs("purchase-alone"))
        {
            await KeepAsync(new PurchaseLoad(session, time).RunAsync("purchase-alone", 1, 1_000_000_000, Short, cancellationToken));
        }
    }

    private async Task RunGrownAsync(CancellationToken cancellationToken)
    {
        if (!options.Runs("grown"))
        {
            return;
        }

        await using var session = await LedgerSession.StartAsync(options, "grown", time, cancellationToken);
        var accounts = AccountOpening.Ids(options.GrownAccounts);
        var started = time.GetTimestamp();
        await AccountOpening.OpenAsync(session, accounts, cancellationToken);
        var opened = time.GetElapsedTime(started);
        await new TransferGrowth(session, accounts, time).GrowAsync(options.GrownTransfers, cancellationToken);
        await output.WriteLineAsync($"grown to {options.GrownAccounts:N0} accounts in {opened.TotalSeconds:0} s and {options.GrownTransfers:N0} transfers in {(time.GetElapsedTime(started) - opened).TotalSeconds:0} s");
        var resident = session.Process.ResidentMib;
        await KeepAsync(RestartAsync(session, "grown.restart", cancellationToken));
        var hot = AccountSampler.Zipf(accounts.Length, Zipf);
        var grown = await new TransferLoad(session, accounts, hot, time).RunAsync("grown", 8_000, 1, Long, cancellationToken);
        await KeepAsync(Task.FromResult(grown with { RssMib = resident, Note = $"{grown.Note}; {resident:N0} MiB before that, {grown.RssMib:N0} after" }));
    }

    private static async Task<Measurement> RestartAsync(LedgerSession session, string name, CancellationToken cancellationToken)
    {
        var latencies = new LatencyHistogram();
        var posted = await session.PostedAsync(cancellationToken);
        var entries = (await session.StatusAsync(cancellationToken)).NextSequence;
        var total = TimeSpan.Zero;
        var times = 0;
        for (; times < 3 && total < RestartsLimit; times++)
        {
            var taken = await session.RestartAsync(cancellationToken);
            total += taken;
            latencies.Record((long)taken.TotalMicroseconds);
            if (await session.PostedAsync(cancellationToken) != posted || (await session.StatusAsync(cancellationToken)).NextSequence != entries)
            {
                throw new LoadException("the ledger came back with other books than it had");
            }
        }

        return new Measurement(name, entries * (ulong)times / total.TotalSeconds, latencies.QuantileMs(0.5), latencies.QuantileMs(1), session.Process.ResidentMib, $"{entries} entries, killed {times} times");
    }

    private async Task KeepAsync(Task<Measurement> running)
    {
        var measurement = await running;
        measurements.Add(measurement);
        await output.WriteLineAsync(FormattableString.Invariant(
            $"{measurement.Name}: {measurement.PerSecond:N0}/s, p50 {measurement.P50Ms:0.00} ms, p99 {measurement.P99Ms:0.00} ms, server {measurement.RssMib:N0} MiB. {measurement.Note}"));
    }
}
