using KpGrpc.LedgerServer.Admission;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Snapshots;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Proofs;

namespace KpGrpc.LedgerServer.Snapshots;

/// <summary>Where a replay begins.</summary>
/// <param name="Engine">The rules with the state.</param>
/// <param name="Range">The log's edge at the same place.</param>
internal sealed record SnapshotStart(LedgerEngine Engine, CompactRange Range)
{
    /// <summary>The beginning of the ledger.</summary>
    public static SnapshotStart Genesis(Genesis genesis) => new(new LedgerEngine(genesis, KeySignatures.Instance), new CompactRange());

    /// <summary>Loads a snapshot that belongs to this ledger, these rules and this log.</summary>
    /// <param name="path">The file.</param>
    /// <param name="genesis">Where the ledger starts.</param>
    /// <param name="identity">The ledger.</param>
    /// <param name="store">Its store, of which the Merkle nodes give the root at the snapshot's place.</param>
    /// <param name="end">Number of stored receipts.</param>
    /// <exception cref="InvalidDataException">Damaged, foreign, of other rules, or ahead of the store; the message says which.</exception>
    public static SnapshotStart Load(string path, Genesis genesis, StoreIdentity identity, LedgerStore store, ulong end) =>
        SnapshotFile.Read(path, (header, content) =>
        {
            Check(header, identity, end);
            var range = RangeAt(header.Sequence, store);
            if (range.Root() != header.Root)
            {
                throw new InvalidDataException($"its root at sequence {header.Sequence} is not the log's");
            }

            var engine = new LedgerEngine(genesis, KeySignatures.Instance);
            StateImage.Load(content, engine.State);
            return engine.State.NextSequence == header.Sequence
                ? new SnapshotStart(engine, range)
                : throw new InvalidDataException("its state is not that of its header");
        });

    private static void Check(SnapshotHeader header, StoreIdentity identity, ulong end)
    {
        if (header.Identity != identity)
        {
            throw new InvalidDataException($"it belongs to network {header.Identity.NetworkId}, ledger {header.Identity.LedgerId}, or to another genesis");
        }

        if (header.EngineVersion != LedgerEngine.Version)
        {
            throw new InvalidDataException($"it was made by engine version {header.EngineVersion}; this is version {LedgerEngine.Version}");
        }

        if (header.Sequence > end)
        {
            throw new InvalidDataException($"it is of sequence {header.Sequence}, but the store ends at {end}");
        }
    }

    private static CompactRange RangeAt(ulong size, LedgerStore store)
    {
        try
        {
            return CompactRange.Restore(size, store);
        }
        catch (MissingNodeException exception)
        {
            throw new InvalidDataException($"the log's edge at sequence {size} cannot be read: {exception.Message}", exception);
        }
    }
}
