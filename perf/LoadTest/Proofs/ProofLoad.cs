using System.Text;
using KpGrpc.Client.Receipts;
using KpGrpc.LoadTest.Measuring;
using KpGrpc.LoadTest.Servers;
using KpGrpc.Perf.Harness.Measuring;
using KpGrpc.Perf.Harness.Running;
using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.LoadTest.Proofs;

/// <summary>Concurrent callers that ask for receipts with their proofs, anywhere in the log. Each proof is read; every hundredth is verified offline.</summary>
/// <param name="session">A ledger with entries.</param>
/// <param name="time">Clock of high resolution.</param>
internal sealed class ProofLoad(LedgerSession session, TimeProvider time)
{
    private const int Callers = 64;
    private const int VerifiedEvery = 100;
    private readonly LatencyHistogram latencies = new();
    private volatile bool stopping;
    private string? fault;

    /// <summary>Asks for a time.</summary>
    /// <exception cref="LoadException">A proof was wrong.</exception>
    public async Task<Measurement> RunAsync(string name, TimeSpan length, CancellationToken cancellationToken)
    {
        var entries = (await session.StatusAsync(cancellationToken)).NextSequence;
        var start = time.GetTimestamp();
        var vkey = session.LogVkey;
        var running = Enumerable.Range(0, Callers).Select(caller => AskAsync(entries, vkey, new FastRandom((ulong)caller + 1), cancellationToken)).ToArray();
        await Task.Delay(length, time, cancellationToken);
        stopping = true;
        await Task.WhenAll(running).WaitAsync(TimeSpan.FromMinutes(1), cancellationToken);
        var elapsed = time.GetElapsedTime(start);
        return fault is null
            ? new Measurement(name, latencies.Count / elapsed.TotalSeconds, latencies.QuantileMs(0.5), latencies.QuantileMs(0.99), session.Process.ResidentMib, $"in a log of {entries} entries")
            : throw new LoadException(fault);
    }

    private async Task AskAsync(ulong entries, string vkey, FastRandom random, CancellationToken cancellationToken)
    {
        var ledger = new LedgerService.LedgerServiceClient(session.Channel);
        for (var asked = 0; !stopping; asked++)
        {
            var before = time.GetTimestamp();
            var sequence = random.Next() % entries;
            var proof = (await ledger.GetReceiptAsync(new GetReceiptRequest { Sequence = sequence }, cancellationToken: cancellationToken)).Receipt;
            latencies.Record((long)time.GetElapsedTime(before).TotalMicroseconds);
            var holds = proof.LeafIndex == sequence && proof.TlogProof.Length > 0
                && (asked % VerifiedEvery != 0 || OfflineReceipt.Verify(proof.Leaf.Span, Encoding.UTF8.GetBytes(proof.TlogProof), vkey) is OfflineReceipt.Verified);
            if (!holds)
            {
                fault ??= $"the proof of entry {sequence} does not hold";
                stopping = true;
            }
        }
    }
}
