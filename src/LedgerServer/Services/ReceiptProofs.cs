using Google.Protobuf;

using KpGrpc.LedgerServer.Log;
using KpGrpc.LedgerServer.Node;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.LedgerServer.Wire;

using AuditProto = KpGrpc.Protos.Audit.V1;

namespace KpGrpc.LedgerServer.Services;

/// <summary>Puts a leaf and its proof together.</summary>
internal static class ReceiptProofs
{
    /// <param name="ledger">The ledger.</param>
    /// <param name="leaf">The receipt's bytes.</param>
    /// <param name="sequence">Its sequence.</param>
    /// <param name="checkpoint">Checkpoint that covers it.</param>
    /// <param name="withPath">Whether path and tlog-proof are wanted.</param>
    public static AuditProto.ReceiptProof Of(LedgerNode ledger, byte[] leaf, ulong sequence, StoredCheckpoint checkpoint, bool withPath)
    {
        var proof = new AuditProto.ReceiptProof
        {
            Leaf = UnsafeByteOperations.UnsafeWrap(leaf),
            LeafIndex = sequence,
            Checkpoint = checkpoint.Signed.ToString(),
        };
        if (withPath)
        {
            var path = ledger.Proofs.Inclusion(sequence, checkpoint.Size);
            proof.Hashes.AddRange(path.Select(WireValues.ToProto));
            proof.TlogProof = LogProofs.ToFile(sequence, path, checkpoint);
        }

        return proof;
    }

    /// <summary>A stored receipt with its full proof; null where there is none at the sequence.</summary>
    public static AuditProto.ReceiptProof? Find(LedgerNode ledger, ulong sequence, StoredCheckpoint checkpoint) =>
        sequence < checkpoint.Size && ledger.Store.ReadLeaf(sequence) is { } leaf
            ? Of(ledger, leaf, sequence, checkpoint, withPath: true)
            : null;
}
