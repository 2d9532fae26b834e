using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Snapshots;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.LedgerServer.Wire;
using KpGrpc.MerkleLog.Checkpoints;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Notes;

namespace KpGrpc.LedgerServer.Node;

/// <summary>
/// Rebuilds a ledger from its store: every command goes through the engine again, every receipt must equal the stored
/// leaf byte for byte, and the root must be the one that was signed. A start compares the first rows of accounts'
/// histories besides, an audit all of them.
/// </summary>
internal static class LedgerRecovery
{
    private const int Leaf = 0;

    /// <summary>
    /// Brings a ledger to its stored end from the newest snapshot that can be used, or from the start. A snapshot after
    /// which a receipt or the root differs is given up like a damaged one: the replay of all commands decides.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="genesis">Where the ledger starts.</param>
    /// <param name="identity">The ledger.</param>
    /// <param name="log">Public key of the log.</param>
    /// <param name="snapshots">Its snapshots.</param>
    /// <exception cref="InvalidDataException">The store does not match itself or the rules; the message says at which sequence.</exception>
    public static RecoveredLedger Resume(LedgerStore store, Genesis genesis, StoreIdentity identity, NoteVerifier log, SnapshotFolder snapshots)
    {
        var refused = new List<string>();
        foreach (var path in snapshots.NewestFirst())
        {
            try
            {
                var end = store.ReadNewestCheckpoint()?.Size ?? 0;
                return ReplayFrom(SnapshotStart.Load(path, genesis, identity, store, end), store, log, refused, HistoryCheck.RowsAtStart, null, null);
            }
            catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                refused.Add($"{path}: {exception.Message}");
            }
        }

        return ReplayFrom(SnapshotStart.Genesis(genesis), store, log, refused, HistoryCheck.RowsAtStart, null, null);
    }

    /// <summary>Replays a store from its first command.</summary>
    /// <param name="store">The store.</param>
    /// <param name="genesis">Where the ledger starts.</param>
    /// <param name="log">Public key of the log.</param>
    /// <param name="observe">Sees each command after it was replayed: sequence, stored command, leaf; null for none.</param>
    /// <param name="advanced">Sees the state after each command; null for none.</param>
    /// <returns>The engine and the log's edge, both at the stored end.</returns>
    /// <exception cref="InvalidDataException">The store does not match itself or the rules; the message says at which sequence.</exception>
    public static RecoveredLedger Replay(
        LedgerStore store, Genesis genesis, NoteVerifier log, Action<ulong, StoredCommand, byte[]>? observe = null, Action<LedgerState>? advanced = null) =>
        ReplayFrom(SnapshotStart.Genesis(genesis), store, log, [], long.MaxValue, observe, advanced);

    private static RecoveredLedger ReplayFrom(
        SnapshotStart start, LedgerStore store, NoteVerifier log, IReadOnlyList<string> refused, long historyRowsMax, Action<ulong, StoredCommand, byte[]>? observe, Action<LedgerState>? advanced)
    {
        var (engine, range) = start;
        var genesis = engine.Genesis;
        var newest = store.ReadNewestCheckpoint();
        var (first, end) = (range.Size, newest?.Size ?? 0);
        var tailBytes = 0L;
        var encoder = new ReceiptEncoder(genesis.NetworkId, genesis.LedgerId);
        var history = new HistoryCheck(store, historyRowsMax);
        var nodes = new MerkleNode[TreeLimits.MaxNodesPerAppend];
        for (var sequence = first; sequence < end; sequence++)
        {
            var (stored, leaf) = Replay(store, engine, encoder, sequence);
            range.Append(MerkleHasher.HashLeaf(leaf), nodes);
            CheckNode(store, nodes[Leaf], sequence);
            tailBytes += stored.Payload.Length + leaf.Length;
            history.Compare(engine.State.Accounts.Journal, sequence, stored.OrderedAtMicros);
            observe?.Invoke(sequence, stored, leaf);
            advanced?.Invoke(engine.State);
        }

        if (store.ReadLeaf(end) is not null)
        {
            throw new InvalidDataException($"sequence {end} is stored, but no signed checkpoint covers it");
        }

        CheckRoot(newest?.Signed, range, log);
        return new RecoveredLedger(engine, range, encoder, newest, new RecoveryReport(first, end - first, tailBytes, refused));
    }

    private static (StoredCommand Stored, byte[] Leaf) Replay(LedgerStore store, LedgerEngine engine, ReceiptEncoder encoder, ulong sequence)
    {
        try
        {
            var leaf = store.ReadLeaf(sequence) ?? throw Differs(sequence, "its receipt is missing");
            var stored = store.ReadCommand(sequence) ?? throw Differs(sequence, "its command is missing");
            return engine.Execute(CommandDecoder.Decode(stored), sequence, stored.OrderedAtMicros) is Executed executed
                && encoder.Encode(executed.Receipt).AsSpan().SequenceEqual(leaf)
                    ? (stored, leaf)
                    : throw Differs(sequence, "the replayed receipt differs from the stored one");
        }
        catch (Exception exception) when (exception is not OutOfMemoryException && !NamesSequence(exception))
        {
            throw new InvalidDataException($"sequence {sequence}: {exception.Message}", exception);
        }
    }

    private static bool NamesSequence(Exception exception) =>
        exception is InvalidDataException && exception.Message.StartsWith("sequence ", StringComparison.Ordinal);

    private static void CheckNode(LedgerStore store, MerkleNode leaf, ulong sequence)
    {
        Span<Hash256> found = [default];
        store.ReadNodes([leaf.Address], found);
        if (found[0] != leaf.Hash || store.FindByLeafHash(leaf.Hash) != sequence)
        {
            throw Differs(sequence, "the stored leaf hash differs from the receipt's");
        }
    }

    private static void CheckRoot(SignedCheckpoint? signed, CompactRange range, NoteVerifier log)
    {
        if (signed is null)
        {
            return;
        }

        if (signed.Checkpoint.Root != range.Root())
        {
            throw new InvalidDataException($"the root over {range.Size} receipts is not the signed one");
        }

        if (signed.Checkpoint.Origin != log.Name || signed.Note.VerifyBy(log) != NoteCheck.Verified)
        {
            throw new InvalidDataException($"the newest checkpoint is not signed by the key of {log.Name}: another log key made it; name that one");
        }
    }

    private static InvalidDataException Differs(ulong sequence, string what) => new($"sequence {sequence}: {what}");
}
