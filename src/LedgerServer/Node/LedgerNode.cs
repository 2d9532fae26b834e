using KpGrpc.LedgerServer.Admission;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Log;
using KpGrpc.LedgerServer.Log.Cosignatures;
using KpGrpc.LedgerServer.Log.Tiles;
using KpGrpc.LedgerServer.Ordering;
using KpGrpc.LedgerServer.Ordering.Local;
using KpGrpc.LedgerServer.Snapshots;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.LedgerServer.Storage.History;
using KpGrpc.LedgerServer.Storage.Subjects;
using KpGrpc.LedgerServer.Telemetry;
using KpGrpc.MerkleLog.Notes;

namespace KpGrpc.LedgerServer.Node;

/// <summary>One running ledger: everything between the services and the disk. Disposes in reverse order of the flow.</summary>
internal sealed class LedgerNode : IAsyncDisposable
{
    private readonly LocalOrderer local;
    private readonly NoteSigner signer;
    private readonly LedgerState state;
    private readonly LedgerLog log;
    private readonly SnapshotKeeper? snapshots;
    private volatile bool faulted;
    private volatile bool invariantsHold = true;

    /// <param name="parts">What the folder and files gave.</param>
    /// <param name="limits">Bounds of queue and commit.</param>
    /// <param name="time">Clock of the order.</param>
    /// <param name="onFault">Stops the process.</param>
    /// <param name="write">How a commit is made durable; the store itself in production.</param>
    /// <param name="snapshots">Takes snapshots; null for none.</param>
    /// <param name="telemetry">Told of commits; null for nobody.</param>
    public LedgerNode(
        LedgerParts parts, OrdererLimits limits, TimeProvider time, Action<Exception> onFault, Action<CommitBatch>? write = null,
        SnapshotKeeper? snapshots = null, LedgerTelemetry? telemetry = null)
    {
        var (store, recovered, logSigner, _, _, subjects) = parts;
        Recovery = recovered.Report;
        this.snapshots = snapshots;
        state = recovered.Engine.State;
        log = new LedgerLog(recovered.Range, logSigner);
        signer = logSigner;
        Store = store;
        Subjects = subjects;
        subjects.Mend(state);
        Genesis = recovered.Engine.Genesis;
        // An empty log has a checkpoint too, so that clients and witnesses can start from size 0.
        Head = new CommittedHead(recovered.Newest ?? log.Sign(UnixMicros.Of(time.GetUtcNow())));
        History = new AccountHistory(store);
        Proofs = new LogProofs(store, Head);
        Cosignatures = new CosignatureBook(store, Head, logSigner.Verifier, parts.Witnesses);
        Files = new LogFiles(store, Head, Proofs, Cosignatures);
        LogVerifierKey = logSigner.Verifier.ToString();
        var keys = new KeyCheck(state.Membership);
        Admission = new CommandAdmission(new AdmissionScope(Genesis.NetworkId, Genesis.LedgerId), keys, store, time);
        BatchAdmission = new BatchAdmission(Admission, keys);
        var pipeline = new CommitPipeline(recovered.Engine, log, store, recovered.Encoder, Head, Subjects, write ?? store.Commit, AfterCommit);
        void AfterCommit(CommitTally tally)
        {
            snapshots?.AfterCommit(state, log, tally.EntryBytes);
            telemetry?.Committed(tally);
        }

        void Fault(Exception exception)
        {
            faulted = true;
            invariantsHold &= exception is not InvariantBrokenException;
            onFault(exception);
        }

        store.Damaged = Fault;
        local = new LocalOrderer(pipeline, state, limits, time, Fault);
    }

    /// <summary>How the state came back at the start.</summary>
    public RecoveryReport Recovery { get; }

    /// <summary>Whether no commit was stopped because the state contradicted itself.</summary>
    public bool InvariantsHold => invariantsHold;

    public Genesis Genesis { get; }

    public LedgerStore Store { get; }

    public CommittedHead Head { get; }

    public LogProofs Proofs { get; }

    /// <summary>Past sums and postings of accounts.</summary>
    public AccountHistory History { get; }

    public CosignatureBook Cosignatures { get; }

    /// <summary>The log as the files that standard tools read.</summary>
    public LogFiles Files { get; }

    /// <summary>Personal data outside the log.</summary>
    public SubjectVault Subjects { get; }

    public CommandAdmission Admission { get; }

    public BatchAdmission BatchAdmission { get; }

    public IOrderer Orderer => local;

    /// <summary>The log's C2SP verifier key.</summary>
    public string LogVerifierKey { get; }

    /// <summary>Begins to order.</summary>
    public void Start()
    {
        snapshots?.Start();
        local.Start();
    }

    /// <summary>Commits what waits and takes nothing in any more; reads from the store go on.</summary>
    public async ValueTask StopAsync()
    {
        await local.DisposeAsync();
        if (snapshots is not null)
        {
            // After a fault the state may be ahead of the disk.
            await snapshots.StopAsync(faulted ? null : state, log);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Store.Dispose();
        Subjects.Dispose();
        signer.Dispose();
    }
}
