using KpGrpc.Client.Commands;
using KpGrpc.Client.Ledger;
using KpGrpc.LoadTest.Measuring;
using KpGrpc.LoadTest.Servers;
using KpGrpc.Perf.Harness.Measuring;
using KpGrpc.Perf.Harness.Running;
using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.LoadTest.Purchases;

/// <summary>Concurrent callers that each sign and submit purchases one after another.</summary>
/// <param name="session">A ledger with an open market.</param>
/// <param name="time">Clock of high resolution.</param>
internal sealed class PurchaseLoad(LedgerSession session, TimeProvider time)
{
    private LatencyHistogram latencies = new();
    private volatile bool stopping;
    private long made;
    private string? fault;

    /// <summary>Runs callers for a time, after a shorter one that is not counted.</summary>
    /// <param name="name">Name of the workload.</param>
    /// <param name="callers">Concurrent callers.</param>
    /// <param name="first">Number of the first purchase; runs on one ledger must not overlap.</param>
    /// <param name="length">How long to measure.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="LoadException">A purchase was not made, or there are not as many receipts as answers.</exception>
    public async Task<Measurement> RunAsync(string name, int callers, long first, TimeSpan length, CancellationToken cancellationToken)
    {
        var before = (await session.StatusAsync(cancellationToken)).NextSequence;
        await using var commands = session.Client.OpenCommands();
        var running = Enumerable.Range(0, callers).Select(caller => CallAsync(commands, first + caller, callers)).ToArray();
        await Task.Delay(length / 5 + TimeSpan.FromSeconds(1), time, cancellationToken);

        latencies = new LatencyHistogram();
        var (madeBefore, start) = (Volatile.Read(ref made), time.GetTimestamp());
        await Task.Delay(length, time, cancellationToken);
        var (count, elapsed, measured) = (Volatile.Read(ref made) - madeBefore, time.GetElapsedTime(start), latencies);

        stopping = true;
        await Task.WhenAll(running).WaitAsync(TimeSpan.FromMinutes(1), cancellationToken);
        await session.PostedAsync(cancellationToken);
        var receipts = (await session.StatusAsync(cancellationToken)).NextSequence - before;
        return fault is null && receipts == (ulong)made
            ? new Measurement(name, count / elapsed.TotalSeconds, measured.QuantileMs(0.5), measured.QuantileMs(0.99), session.Process.ResidentMib)
            : throw new LoadException(fault ?? $"{made} purchases were answered, and the log has {receipts} receipts of them");
    }

    private async Task CallAsync(CommandBatcher commands, long number, int step)
    {
        var signer = session.Signer(PurchaseMarket.Platform);
        while (!stopping)
        {
            var before = time.GetTimestamp();
            var purchase = PurchaseMarket.Purchase(number);
            var outcome = await commands.SubmitAsync(signer.Sign(payload => payload.Purchase = purchase));
            if (outcome is not CommandOutcome.Answered { Replayed: false, Receipt: { Status: ReceiptStatus.Accepted } receipt } || receipt.Effects.All(effect => effect.PurchaseMade?.PurchaseId != purchase.PurchaseId))
            {
                fault ??= $"purchase {number} was not made: {outcome}";
                stopping = true;
                return;
            }

            latencies.Record((long)time.GetElapsedTime(before).TotalMicroseconds);
            Interlocked.Increment(ref made);
            number += step;
        }
    }
}
