using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Snapshots;
using KpGrpc.LedgerServer.Snapshots;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Audit;

/// <summary>Compares the snapshots of a ledger with the states that a replay passes through, byte for byte.</summary>
internal sealed class SnapshotAudit
{
    private readonly Dictionary<ulong, (SnapshotHeader Header, Hash256 Hash)> snapshots = [];
    private readonly TextWriter output;

    /// <param name="directory">The ledger's data folder.</param>
    /// <param name="genesis">Where the ledger starts.</param>
    /// <param name="identity">The ledger.</param>
    /// <param name="store">Its store.</param>
    /// <param name="output">Where findings are printed.</param>
    public SnapshotAudit(string directory, Genesis genesis, StoreIdentity identity, LedgerStore store, TextWriter output)
    {
        this.output = output;
        var end = store.ReadNewestCheckpoint()?.Size ?? 0;
        foreach (var path in new SnapshotFolder(directory).NewestFirst())
        {
            try
            {
                SnapshotStart.Load(path, genesis, identity, store, end);
                var header = SnapshotFile.Read(path, (header, _) => header);
                snapshots[header.Sequence] = (header, SnapshotFile.ReadHash(path));
            }
            catch (Exception exception) when (exception is InvalidDataException or IOException)
            {
                // A start refuses it too, so it can do no harm.
                output.WriteLine($"snapshot {Path.GetFileName(path)}: never used: {exception.Message}");
            }
        }
    }

    /// <summary>Number of snapshots that differ from the state that the commands give.</summary>
    public int Differences { get; private set; }

    /// <summary>Compares the snapshot of this place in the order, if there is one.</summary>
    public void Compare(LedgerState state)
    {
        if (!snapshots.TryGetValue(state.NextSequence, out var snapshot))
        {
            return;
        }

        var equal = SnapshotFile.HashOf(snapshot.Header, StateImage.Capture(state)) == snapshot.Hash;
        output.WriteLine(equal
            ? $"snapshot at sequence {state.NextSequence}: equal to the replayed state"
            : $"difference: the snapshot at sequence {state.NextSequence} is not the state that the commands give");
        Differences += equal ? 0 : 1;
    }
}
