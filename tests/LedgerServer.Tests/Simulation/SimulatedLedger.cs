using KpGrpc.LedgerServer.Admission;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Snapshots;
using KpGrpc.LedgerServer.Log;
using KpGrpc.LedgerServer.Node;
using KpGrpc.LedgerServer.Ordering;
using KpGrpc.LedgerServer.Snapshots;
using KpGrpc.LedgerServer.Storage;

namespace KpGrpc.LedgerServer.Tests.Simulation;

/// <summary>One life of a ledger, from its start to its crash: recovery, commits and store are the production ones, time and disk the test's.</summary>
internal sealed class SimulatedLedger : IDisposable
{
    private readonly LedgerParts parts;
    private readonly string folder;
    private readonly LedgerLog log;
    private readonly CommitPipeline pipeline;

    /// <param name="network">Its genesis and keys.</param>
    /// <param name="folder">Its data folder.</param>
    /// <param name="write">The synced write; null for the store's.</param>
    public SimulatedLedger(FixedNetwork network, string folder, Action<LedgerStore, CommitBatch>? write = null)
    {
        this.folder = folder;
        parts = network.Open(folder);
        log = new LedgerLog(parts.Recovered.Range, parts.Signer);
        Head = new CommittedHead(parts.Recovered.Newest ?? log.Sign(0));
        write ??= (store, batch) => store.Commit(batch);
        pipeline = new CommitPipeline(
            parts.Recovered.Engine, log, parts.Store, parts.Recovered.Encoder, Head, parts.Subjects, batch => write(parts.Store, batch));
    }

    public CommittedHead Head { get; }

    public Genesis Genesis => parts.Recovered.Engine.Genesis;

    public LedgerStore Store => parts.Store;

    public LedgerState State => parts.Recovered.Engine.State;

    public IReadOnlyList<CommittedGroup> Commit(IReadOnlyList<IReadOnlyList<AdmittedCommand>> groups, long nowMicros) => pipeline.Commit(groups, nowMicros);

    /// <summary>Publishes a snapshot of the present state, which must be durable.</summary>
    public void TakeSnapshot() => new SnapshotFolder(folder).Publish(
        new SnapshotHeader(parts.Identity, LedgerEngine.Version, log.Size, log.Root()), StateImage.Capture(State));

    public void Dispose()
    {
        parts.Store.Dispose();
        parts.Signer.Dispose();
        parts.Subjects.Dispose();
    }
}
