using Google.Protobuf;
using KpGrpc.Client.Receipts;
using KpGrpc.Demo.Output;
using KpGrpc.Demo.Steps;

namespace KpGrpc.Demo.Story;

/// <summary>One changed bit, and nobody believes the receipt any more.</summary>
internal sealed class TamperStep : IStoryStep
{
    public string Name => "A tampered receipt is refused";

    public TimeSpan Deadline => TimeSpan.FromSeconds(5);

    public Task RunAsync(DemoSession session, CancellationToken cancellationToken)
    {
        var receipt = session.Story.Purchase.Receipt;
        var forged = AmountTamper.Forge(receipt.Proof.Leaf.Span, receipt.Amount, out var position);
        var claim = ByteString.CopyFrom(forged);
        var lie = receipt.Amount.Clone();
        lie.MinorUnits ^= 1;
        session.Console.Line(
            $"Byte {position} of the leaf is changed from 0x{receipt.Proof.Leaf[position]:x2} to 0x{forged[position]:x2}: now it speaks of {MoneyText.Of(lie)} instead of {MoneyText.Of(receipt.Amount)}, and is still a well-formed receipt.");
        PurchaseProof.Read(claim);
        if (PurchaseProof.Verify(forged, receipt.Proof, session.Network.LogVkey) is not OfflineReceipt.Refused refused)
        {
            throw new DemoException("the verifier believed a tampered receipt");
        }

        session.Console.Refused($"{refused.Reason}: {refused.Message}");
        return Task.CompletedTask;
    }
}
