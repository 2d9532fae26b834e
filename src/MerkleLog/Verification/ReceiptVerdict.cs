using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.MerkleLog.Verification;

/// <summary>Outcome of <see cref="ReceiptVerifier"/>: a <see cref="Verified"/> or a <see cref="Refused"/>, nothing else.</summary>
public abstract record ReceiptVerdict
{
    private ReceiptVerdict()
    {
    }

    /// <summary>The leaf is in the log, by the word of the log's key and of enough witnesses.</summary>
    /// <param name="Origin">Identity of the log.</param>
    /// <param name="Index">Zero-based position of the leaf.</param>
    /// <param name="Size">Number of leaves in the tree that the checkpoint states.</param>
    /// <param name="Root">Root of that tree.</param>
    /// <param name="Signers">The log first, then the trusted witnesses that cosigned, in the policy's order.</param>
    public sealed record Verified(string Origin, ulong Index, ulong Size, Hash256 Root, IReadOnlyList<VerifiedSigner> Signers)
        : ReceiptVerdict;

    /// <summary>The receipt must not be believed.</summary>
    /// <param name="Reason">Why, for programs.</param>
    /// <param name="Message">Why, for people: one English sentence.</param>
    public sealed record Refused(RefusalReason Reason, string Message) : ReceiptVerdict;
}
