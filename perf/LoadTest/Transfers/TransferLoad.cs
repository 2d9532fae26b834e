using KpGrpc.Client.Transfers;
using KpGrpc.LoadTest.Accounts;
using KpGrpc.LoadTest.Measuring;
using KpGrpc.LoadTest.Servers;
using KpGrpc.Perf.Harness.Measuring;
using KpGrpc.Perf.Harness.Running;

namespace KpGrpc.LoadTest.Transfers;

/// <summary>
/// Concurrent callers that each make transfers one after another, or a batch of them at a time. What they were told is
/// compared with the ledger's books at the end.
/// </summary>
/// <param name="session">The ledger.</param>
/// <param name="accounts">Ids of the accounts.</param>
/// <param name="sampler">Chooses among them.</param>
/// <param name="time">Clock of high resolution.</param>
internal sealed class TransferLoad(LedgerSession session, string[] accounts, AccountSampler sampler, TimeProvider time)
{
    private static readonly TransferBatcherOptions Batching = new()
    {
        CurrencyCode = LedgerSession.Currency,
        Exponent = LedgerSession.Exponent,
        ContinueInline = true,
    };

    private LatencyHistogram latencies = new();
    private volatile bool stopping;
    private long made;
    private long amount;
    private string? fault;

    /// <summary>Runs callers for a time, after a shorter one that is not counted.</summary>
    /// <param name="name">Name of the workload.</param>
    /// <param name="callers">Concurrent callers.</param>
    /// <param name="batch">Transfers that a caller makes at a time.</param>
    /// <param name="length">How long to measure.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="LoadException">A transfer was not made, or the books do not agree with the answers.</exception>
    public async Task<Measurement> RunAsync(string name, int callers, int batch, TimeSpan length, CancellationToken cancellationToken)
    {
        var postedBefore = await session.PostedAsync(cancellationToken);
        await using var transfers = session.Client.OpenTransfers(session.Signer(AccountOpening.Owner), Batching);
        var running = Enumerable.Range(0, callers).Select(caller => CallAsync(transfers, batch, new FastRandom((ulong)caller + 1))).ToArray();
        await Task.Delay(length / 5 + TimeSpan.FromSeconds(1), time, cancellationToken);

        var cpuBefore = (Own: Environment.CpuUsage.TotalTime, Server: session.Process.ProcessorTime);
        latencies = new LatencyHistogram();
        var (madeBefore, start) = (Volatile.Read(ref made), time.GetTimestamp());
        await Task.Delay(length, time, cancellationToken);
        var (count, elapsed) = (Volatile.Read(ref made) - madeBefore, time.GetElapsedTime(start));
        var measured = latencies;
        var own = Environment.CpuUsage.TotalTime - cpuBefore.Own;
        var server = session.Process.ProcessorTime - cpuBefore.Server;

        stopping = true;
        await Task.WhenAll(running).WaitAsync(TimeSpan.FromMinutes(1), cancellationToken);
        await CheckAsync(postedBefore, cancellationToken);
        return new Measurement(name, count / elapsed.TotalSeconds, measured.QuantileMs(0.5), measured.QuantileMs(0.99), session.Process.ResidentMib, Costs(count, own, server));
    }

    private static string Costs(long count, TimeSpan own, TimeSpan server) =>
        FormattableString.Invariant($"{own.TotalMicroseconds / count:0.00} us of client and {server.TotalMicroseconds / count:0.00} us of server a transfer");

    private async Task CallAsync(TransferBatcher transfers, int batch, FastRandom random)
    {
        var under = new ValueTask<TransferOutcome>[batch];
        var before = time.GetTimestamp();
        while (!stopping)
        {
            var sum = 0L;
            for (var i = 0; i < batch; i++)
            {
                var (debit, credit) = sampler.Pair(random);
                var units = 1 + (long)(random.Next() & 63);
                sum += units;
#pragma warning disable CA2012 // Each is awaited once, in the loop below.
                under[i] = transfers.TransferAsync(new Transfer(accounts[debit], accounts[credit], units, Reference: 7));
#pragma warning restore CA2012
            }

            for (var i = 0; i < batch; i++)
            {
                var outcome = await under[i];
                if (outcome is not { Status: TransferStatus.Made, Repeated: false })
                {
                    fault ??= $"a transfer was not made: {outcome.Status} {outcome.Reason} {outcome.Error?.Message}";
                    stopping = true;
                    return;
                }
            }

            var now = time.GetTimestamp();
            latencies.Record((long)time.GetElapsedTime(before, now).TotalMicroseconds);
            before = now;
            Interlocked.Add(ref made, batch);
            Interlocked.Add(ref amount, sum);
        }
    }

    private async Task CheckAsync(long postedBefore, CancellationToken cancellationToken)
    {
        var posted = await session.PostedAsync(cancellationToken) - postedBefore;
        if (fault is not null || posted != amount)
        {
            throw new LoadException(fault ?? $"the callers were told of {amount} minor units, and the ledger has moved {posted}");
        }
    }
}
