using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Proofs;

namespace KpGrpc.MerkleLog.Verification;

/// <summary>
/// The offline verifier: decides from a leaf, its proof and the trusted keys alone whether the leaf is in the log.
/// It asks nobody, reads no clock, and never throws, whatever the input. Pure and thread-safe.
/// </summary>
public static class ReceiptVerifier
{
    /// <summary>Checks a receipt against keys in text form.</summary>
    /// <param name="leaf">The leaf's bytes exactly as the log has them.</param>
    /// <param name="tlogProof">The proof file (c2sp.org/tlog-proof@v1), UTF-8.</param>
    /// <param name="logVkey">The trusted log's vkey; its name is the origin that the checkpoint must state.</param>
    /// <param name="witnessVkeys">Trusted witnesses' vkeys; null for none.</param>
    /// <param name="quorum">How many of them must have cosigned.</param>
    public static ReceiptVerdict Verify(
        ReadOnlySpan<byte> leaf,
        ReadOnlySpan<byte> tlogProof,
        string? logVkey,
        IReadOnlyList<string>? witnessVkeys = null,
        int quorum = 0) =>
        TrustPolicy.TryCreate(logVkey, witnessVkeys, quorum, origin: null, out var policy, out var fault)
            ? Verify(leaf, tlogProof, policy)
            : Refuse(RefusalReason.InvalidPolicy, fault);

    /// <summary>Checks a receipt against a policy.</summary>
    /// <param name="leaf">The leaf's bytes exactly as the log has them.</param>
    /// <param name="tlogProof">The proof file (c2sp.org/tlog-proof@v1), UTF-8.</param>
    /// <param name="policy">Whom to believe.</param>
    public static ReceiptVerdict Verify(ReadOnlySpan<byte> leaf, ReadOnlySpan<byte> tlogProof, TrustPolicy? policy)
    {
        if (policy is null)
        {
            return Refuse(RefusalReason.InvalidPolicy, "No trusted key was given.");
        }

        if (!TlogProof.TryParse(tlogProof, out var proof, out var fault))
        {
            return Refuse(RefusalReason.MalformedProof, fault);
        }

        // Signatures first: nothing that a checkpoint says is looked at before somebody trusted has said it.
        var signed = proof.Checkpoint;
        var witnesses = new List<VerifiedSigner>();
        var refusal = CheckpointVerifier.Check(signed, policy, witnesses) ?? CheckInclusion(leaf, proof);
        return (ReceiptVerdict?)refusal
            ?? new ReceiptVerdict.Verified(
                signed.Checkpoint.Origin,
                proof.Index,
                signed.Checkpoint.Size,
                signed.Checkpoint.Root,
                [new VerifiedSigner(policy.Log.Name, policy.Log.KeyId, null), .. witnesses]);
    }

    private static ReceiptVerdict.Refused? CheckInclusion(ReadOnlySpan<byte> leaf, TlogProof proof)
    {
        var stated = proof.Checkpoint.Checkpoint;
        var length = ProofVerifier.InclusionLength(proof.Index, stated.Size);
        if (length < 0)
        {
            return Refuse(
                RefusalReason.IndexOutsideTree, $"The leaf's index {proof.Index} is outside the checkpoint's tree of {stated.Size} leaves.");
        }

        if (proof.Hashes.Count != length)
        {
            return Refuse(RefusalReason.WrongProofLength, $"The proof has {proof.Hashes.Count} hashes, and must have {length}.");
        }

        return ProofVerifier.VerifyInclusion(MerkleHasher.HashLeaf(leaf), proof.Index, stated.Size, [.. proof.Hashes], stated.Root)
            ? null
            : Refuse(RefusalReason.RootMismatch, "The leaf and the proof do not lead to the signed root: one of them was changed.");
    }

    private static ReceiptVerdict.Refused Refuse(RefusalReason reason, string message) => new(reason, message);
}
