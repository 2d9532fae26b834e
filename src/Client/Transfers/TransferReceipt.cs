using System.Text;

using KpGrpc.Client.Receipts;
using KpGrpc.MerkleLog.Checkpoints;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Proofs;
using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.Client.Transfers;

/// <summary>
/// The receipt of a command with many transfers, as the ledger gave it. Holds up to 64 KiB: drop it, or keep it in a file,
/// where millions of outcomes are kept. Immutable.
/// </summary>
public sealed class TransferReceipt
{
    private readonly SubmitOutcome outcome;

    internal TransferReceipt(SubmitOutcome outcome, ReadOnlyMemory<byte> idempotencyKey, string checkpoint) =>
        (this.outcome, IdempotencyKey, Checkpoint) = (outcome, idempotencyKey, checkpoint);

    /// <summary>Key of the command, 16 bytes: <c>LedgerClient.ReconcileAsync</c> gives the receipt with its proof by it at any later time.</summary>
    public ReadOnlyMemory<byte> IdempotencyKey { get; }

    /// <summary>The leaf's bytes exactly as logged: an encoded <see cref="Receipt"/> with one <see cref="TransfersMade"/>.</summary>
    public ReadOnlyMemory<byte> Leaf => outcome.Leaf.Memory;

    /// <summary>Its index in the log; equals the receipt's sequence.</summary>
    public ulong LeafIndex => outcome.LeafIndex;

    /// <summary>True where an earlier call had ordered the command.</summary>
    public bool Replayed => outcome.Replayed;

    /// <summary>Signed checkpoint that covers the leaf (C2SP signed note).</summary>
    public string Checkpoint { get; }

    /// <summary>RFC 6962 hash of the leaf.</summary>
    public Hash256 LeafHash() => MerkleHasher.HashLeaf(Leaf.Span);

    /// <summary>Checks that the leaf is in the trusted log, and reads it. Asks nobody and never throws.</summary>
    /// <param name="logVkey">The log's verifier key, from a trusted place.</param>
    /// <returns>Refused where the batcher was not told to include proofs (except in a log of one entry).</returns>
    public OfflineReceipt Verify(string logVkey) => ToTlogProof() is { } proof
        ? OfflineReceipt.Verify(Leaf.Span, proof, logVkey)
        : new OfflineReceipt.Refused("MalformedProof", "The answer's checkpoint, path or index cannot be read.");

    /// <summary>The proof as a C2SP tlog-proof file, UTF-8; null where the server's answer makes none.</summary>
    public byte[]? ToTlogProof()
    {
        var hashes = outcome.Hashes;
        if (hashes.Count > TreeLimits.MaxInclusionHashes || hashes.Any(hash => hash.Length != Hash256.Size) || LeafIndex > TreeLimits.MaxSize
            || !SignedCheckpoint.TryParse(Encoding.UTF8.GetBytes(Checkpoint), out var signed, out _))
        {
            return null;
        }

        return new TlogProof(LeafIndex, [.. hashes.Select(hash => new Hash256(hash.Span))], signed).ToBytes();
    }
}
