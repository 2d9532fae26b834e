using KpGrpc.LedgerServer.Admission;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.LedgerServer.Wire;
using KpGrpc.MerkleLog.Checkpoints;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Notes;

namespace KpGrpc.LedgerServer.Node;

/// <summary>
/// Rebuilds a ledger from its store: every command goes through the engine again, every receipt must equal the stored
/// leaf byte for byte, and the root must be the one that was signed.
/// </summary>
internal static class LedgerRecovery
{
    private const int Leaf = 0;

    /// <summary>Replays a store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="genesis">Where the ledger starts.</param>
    /// <param name="log">Public key of the log.</param>
    /// <param name="observe">Sees each command after it was replayed: sequence, stored command, leaf; null for none.</param>
    /// <returns>The engine and the log's edge, both at the stored end.</returns>
    /// <exception cref="InvalidDataException">The store does not match itself or the rules; the message says at which sequence.</exception>
    public static RecoveredLedger Replay(
        LedgerStore store, Genesis genesis, NoteVerifier log, Action<ulong, StoredCommand, byte[]>? observe = null)
    {
        var newest = store.ReadNewestCheckpoint();
        var end = newest?.Size ?? 0;
        var engine = new LedgerEngine(genesis, new KeySignatures());
        var encoder = new ReceiptEncoder(genesis.NetworkId, genesis.LedgerId);
        var range = new CompactRange();
        var nodes = new MerkleNode[TreeLimits.MaxNodesPerAppend];
        for (ulong sequence = 0; sequence < end; sequence++)
        {
            var (stored, leaf) = Replay(store, engine, encoder, sequence);
            range.Append(MerkleHasher.HashLeaf(leaf), nodes);
            CheckNode(store, nodes[Leaf], sequence);
            observe?.Invoke(sequence, stored, leaf);
        }

        if (store.ReadLeaf(end) is not null)
        {
            throw new InvalidDataException($"sequence {end} is stored, but no signed checkpoint covers it");
        }

        CheckRoot(newest?.Signed, range, log);
        return new RecoveredLedger(engine, range, encoder, newest);
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
            throw new InvalidDataException($"the newest checkpoint is not signed by the key of {log.Name}: another Ledger:LogKeyPath was used before");
        }
    }

    private static InvalidDataException Differs(ulong sequence, string what) => new($"sequence {sequence}: {what}");
}
