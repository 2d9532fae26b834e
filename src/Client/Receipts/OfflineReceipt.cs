using Google.Protobuf;

using KpGrpc.MerkleLog.Verification;
using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.Client.Receipts;

/// <summary>A receipt that was checked without asking anybody: <see cref="Verified"/> or <see cref="Refused"/>.</summary>
public abstract record OfflineReceipt
{
    private OfflineReceipt()
    {
    }

    /// <summary>Checks that a leaf is in the trusted log, and reads it. Never throws, whatever the input.</summary>
    /// <param name="leaf">The receipt's bytes as the ledger gave them.</param>
    /// <param name="tlogProof">The proof file (c2sp.org/tlog-proof@v1), UTF-8.</param>
    /// <param name="logVkey">The log's verifier key, from a trusted place.</param>
    public static OfflineReceipt Verify(ReadOnlySpan<byte> leaf, ReadOnlySpan<byte> tlogProof, string logVkey) =>
        Read(leaf, ReceiptVerifier.Verify(leaf, tlogProof, logVkey));

    /// <summary>Checks that a leaf is in the trusted log by the word of enough witnesses, and reads it. Never throws, whatever the input.</summary>
    /// <param name="leaf">The receipt's bytes as the ledger gave them.</param>
    /// <param name="tlogProof">The proof file (c2sp.org/tlog-proof@v1), UTF-8.</param>
    /// <param name="policy">Whom to believe; null is refused.</param>
    public static OfflineReceipt Verify(ReadOnlySpan<byte> leaf, ReadOnlySpan<byte> tlogProof, TrustPolicy? policy) =>
        Read(leaf, ReceiptVerifier.Verify(leaf, tlogProof, policy));

    private static OfflineReceipt Read(ReadOnlySpan<byte> leaf, ReceiptVerdict found)
    {
        switch (found)
        {
            case ReceiptVerdict.Verified verdict:
                return Read(leaf, verdict);
            case ReceiptVerdict.Refused refused:
                return new Refused(refused.Reason.ToString(), refused.Message);
            default:
                return new Refused("Unknown", "The verifier gave no verdict.");
        }
    }

    private static OfflineReceipt Read(ReadOnlySpan<byte> leaf, ReceiptVerdict.Verified verdict)
    {
        try
        {
            var receipt = Receipt.Parser.ParseFrom(leaf);
            return receipt.Sequence == verdict.Index
                ? new Verified(receipt, verdict)
                : new Refused("SequenceMismatch", $"The receipt names sequence {receipt.Sequence}, but stands at index {verdict.Index} of the log.");
        }
        catch (InvalidProtocolBufferException exception)
        {
            return new Refused("NotAReceipt", $"The leaf is in the log but is not a receipt: {exception.Message}");
        }
    }

    /// <summary>The receipt is in the log.</summary>
    /// <param name="Receipt">What it says.</param>
    /// <param name="Verdict">Log, index, size, root and signers.</param>
    public sealed record Verified(Receipt Receipt, ReceiptVerdict.Verified Verdict) : OfflineReceipt;

    /// <summary>The receipt must not be believed.</summary>
    /// <param name="Reason">Why, for programs: a name of <see cref="RefusalReason"/>, <c>SequenceMismatch</c> or <c>NotAReceipt</c>.</param>
    /// <param name="Message">Why, for people.</param>
    public sealed record Refused(string Reason, string Message) : OfflineReceipt;
}
