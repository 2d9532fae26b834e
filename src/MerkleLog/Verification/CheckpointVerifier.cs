using KpGrpc.MerkleLog.Checkpoints;
using KpGrpc.MerkleLog.Notes;

namespace KpGrpc.MerkleLog.Verification;

/// <summary>
/// Whether a checkpoint is the trusted log's: its origin, the log's signature, and those of enough witnesses. It says
/// nothing of the tree. Asks nobody, reads no clock, and never throws, whatever the input. Pure and thread-safe.
/// </summary>
public static class CheckpointVerifier
{
    /// <summary>Checks a checkpoint against a policy.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="policy">Whom to believe.</param>
    /// <returns>Null where it is to be believed, else why not.</returns>
    public static ReceiptVerdict.Refused? Check(SignedCheckpoint checkpoint, TrustPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(policy);
        return Check(checkpoint, policy, []);
    }

    /// <summary>The same, and adds the trusted witnesses that cosigned.</summary>
    internal static ReceiptVerdict.Refused? Check(SignedCheckpoint checkpoint, TrustPolicy policy, List<VerifiedSigner> witnesses) =>
        CheckLog(checkpoint, policy) ?? CheckWitnesses(checkpoint, policy, witnesses);

    private static ReceiptVerdict.Refused? CheckLog(SignedCheckpoint checkpoint, TrustPolicy policy)
    {
        if (checkpoint.Checkpoint.Origin != policy.Origin)
        {
            return Refuse(RefusalReason.OriginMismatch, $"The checkpoint is of another log than {policy.Origin}.");
        }

        return checkpoint.Note.VerifyBy(policy.Log) switch
        {
            NoteCheck.Verified => null,
            NoteCheck.BadSignature => Refuse(RefusalReason.BadLogSignature, "The log's signature on the checkpoint does not verify."),
            _ => Refuse(RefusalReason.UnknownLogKey, "The checkpoint is not signed by the trusted key of the log."),
        };
    }

    private static ReceiptVerdict.Refused? CheckWitnesses(
        SignedCheckpoint checkpoint, TrustPolicy policy, List<VerifiedSigner> witnesses)
    {
        foreach (var witness in policy.Witnesses)
        {
            switch (checkpoint.Note.VerifyBy(witness, out var signature))
            {
                case NoteCheck.BadSignature:
                    return Refuse(RefusalReason.BadWitnessSignature, $"The cosignature of the witness {witness.Name} does not verify.");
                case NoteCheck.Verified when Cosignature.TryReadTime(signature!.Signature.Span, out var time):
                    witnesses.Add(new VerifiedSigner(witness.Name, witness.KeyId, time));
                    break;
                default:
                    break;
            }
        }

        return witnesses.Count >= policy.Quorum
            ? null
            : Refuse(RefusalReason.TooFewWitnesses, $"{witnesses.Count} trusted witnesses cosigned, and {policy.Quorum} are needed.");
    }

    private static ReceiptVerdict.Refused Refuse(RefusalReason reason, string message) => new(reason, message);
}
