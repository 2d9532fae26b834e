using System.Text;

using KpGrpc.LedgerServer.Execution.Governance;
using KpGrpc.MerkleLog.Checkpoints;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Proofs;
using KpGrpc.MerkleLog.Verification;

namespace KpGrpc.LedgerServer.Execution.Holds.Foreign;

/// <summary>Whether another ledger's log vouches for a receipt: a pure function of its bytes and the genesis.</summary>
internal static class ForeignProof
{
    /// <summary>Why the receipt must not be believed, one English sentence; null where the log vouches for it.</summary>
    public static string? Refusal(ForeignReceipt receipt, ForeignLog log)
    {
        if (receipt.Facts is not { } facts || facts.Sequence != receipt.LeafIndex)
        {
            return "The leaf is not an encoded receipt of its index.";
        }

        if (receipt.Path is null || receipt.Path.Count > TreeLimits.MaxInclusionHashes || receipt.LeafIndex > TreeLimits.MaxSize)
        {
            return "The proof's index or hashes are outside their range.";
        }

        if (!SignedCheckpoint.TryParse(Encoding.UTF8.GetBytes(receipt.Checkpoint), out var checkpoint, out var fault)
            || !TrustPolicy.TryCreate(log.VerifierKey, null, 0, log.Origin, out var policy, out fault))
        {
            return fault;
        }

        var proof = new TlogProof(receipt.LeafIndex, receipt.Path, checkpoint).ToBytes();
        return ReceiptVerifier.Verify(receipt.Leaf.Span, proof, policy) is ReceiptVerdict.Refused refused
            ? refused.Message
            : null;
    }
}
