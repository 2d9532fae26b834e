using System.Diagnostics.Metrics;

using KpGrpc.LedgerServer.Admission;
using KpGrpc.LedgerServer.Node;
using KpGrpc.LedgerServer.Services;
using KpGrpc.LedgerServer.Storage;

namespace KpGrpc.LedgerServer.Telemetry;

/// <summary>
/// What is asked of each ledger when somebody scrapes. Only between start and stop: a reader that collects at its own
/// end would else touch a closed database.
/// </summary>
/// <param name="open">The ledgers, open since the services before this one were started.</param>
/// <param name="metrics">The meter.</param>
/// <param name="entries">Who watches.</param>
/// <param name="disk">Room on the disks.</param>
/// <param name="time">Clock of the ages.</param>
internal sealed class LedgerGauges(Func<LedgerSet> open, LedgerMetrics metrics, EntryStream entries, DiskSpace disk, TimeProvider time) : IHostedService
{
    private volatile LedgerSet? ledgers;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        ledgers = open();
        Add("kp.ledger.queue.commands", "{command}", "Commands and questions that wait for the sequencer", ledger => ledger.Node.Orderer.QueuedCommands);
        Add("kp.ledger.queue.size", "By", "Payload bytes of the commands that wait for the sequencer", ledger => ledger.Node.Orderer.QueuedBytes);
        Add("kp.ledger.log.entries", "{entry}", "Durable entries of the log", ledger => (long)ledger.Node.Head.Size);
        Add("kp.ledger.store.size", "By", "Bytes of all files in the data folder", ledger => FolderSize.Of(ledger.Options.DataDirectory));
        Add("kp.ledger.disk.free", "By", "Bytes that this process may still write to the disk of the data folder", ledger => disk.FreeBytes(ledger.Options.DataDirectory));
        Add("kp.ledger.watchers", "{stream}", "Streams of WatchEntries", ledger => entries.Watching(ledger.Id));
        Add("kp.ledger.invariants", "{ledger}", "1 while debits equal credits, posted and held, after every commit; 0 once they did not and the ledger stopped", ledger => ledger.Node.InvariantsHold ? 1 : 0);
        AddAge("kp.ledger.checkpoint.age", "Since the newest checkpoint was signed", ledger => ledger.Node.Head.Newest);
        AddAge("kp.ledger.checkpoint.certified.age", "Since the newest checkpoint that enough witnesses have cosigned was signed; absent where there is none", Certified);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        ledgers = null;
        return Task.CompletedTask;
    }

    // Where nothing can be certified, the search would look at every cosignature.
    private static StoredCheckpoint? Certified(HostedLedger ledger) =>
        ledger.Node.Cosignatures.CanCertify ? ledger.Node.Cosignatures.NewestCertified() : null;

    private void Add(string name, string unit, string description, Func<HostedLedger, long> read) => metrics.Meter.CreateObservableGauge(
        name, () => All.Select(ledger => new Measurement<long>(read(ledger), LedgerMetrics.Tag(ledger.Id))), unit, description);

    private void AddAge(string name, string description, Func<HostedLedger, StoredCheckpoint?> find) => metrics.Meter.CreateObservableGauge(
        name,
        () =>
        {
            var now = UnixMicros.Of(time.GetUtcNow());
            return All.Select(ledger => (ledger.Id, Checkpoint: find(ledger))).Where(found => found.Checkpoint is not null)
                .Select(found => new Measurement<double>((now - found.Checkpoint!.SignedAtMicros) / 1e6, LedgerMetrics.Tag(found.Id)));
        },
        "s",
        description);

    private IReadOnlyList<HostedLedger> All => ledgers?.All ?? [];
}
