using System.Text;
using Google.Protobuf;
using KpGrpc.Client.Receipts;
using KpGrpc.Protos.Learner.V1;
using KpGrpc.Protos.Ledger.V1;
using LedgerReceipt = KpGrpc.Protos.Ledger.V1.Receipt;

namespace KpGrpc.Demo.Story;

/// <summary>Checks a purchase's receipt without asking anybody: the leaf, its proof, and a key that was there before.</summary>
internal static class PurchaseProof
{
    /// <summary>Asks the offline verifier of the SDK.</summary>
    /// <param name="leaf">The logged bytes.</param>
    /// <param name="proof">Where its tlog-proof is.</param>
    /// <param name="logVkey">The log's key from a source other than the answer.</param>
    public static OfflineReceipt Verify(ReadOnlySpan<byte> leaf, ReceiptProof proof, string logVkey) =>
        OfflineReceipt.Verify(leaf, Encoding.UTF8.GetBytes(proof.TlogProof), logVkey);

    /// <summary>What the logged bytes say of the purchase; the readable receipt beside them proves nothing.</summary>
    /// <exception cref="DemoException">They are not the receipt of an accepted purchase.</exception>
    public static PurchaseMade Read(ByteString leaf)
    {
        try
        {
            var receipt = LedgerReceipt.Parser.ParseFrom(leaf);
            var made = receipt.Effects.FirstOrDefault(effect => effect.ChangeCase == Effect.ChangeOneofCase.PurchaseMade)?.PurchaseMade;
            return receipt.Status == ReceiptStatus.Accepted && made is not null
                ? made
                : throw new DemoException("the leaf is not the receipt of an accepted purchase");
        }
        catch (InvalidProtocolBufferException failure)
        {
            throw new DemoException($"the leaf is no receipt: {failure.Message}", failure);
        }
    }
}
