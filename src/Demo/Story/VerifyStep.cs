using KpGrpc.Client.Receipts;
using KpGrpc.Demo.Output;
using KpGrpc.Demo.Steps;

namespace KpGrpc.Demo.Story;

/// <summary>The receipt is checked by the SDK's offline verifier against a key that did not come with it.</summary>
internal sealed class VerifyStep : IStoryStep
{
    public string Name => "Her receipt, verified offline";

    public TimeSpan Deadline => TimeSpan.FromSeconds(5);

    public Task RunAsync(DemoSession session, CancellationToken cancellationToken)
    {
        var purchase = session.Story.Purchase;
        var proof = purchase.Receipt.Proof;
        var started = session.Time.GetTimestamp();
        var verdict = PurchaseProof.Verify(proof.Leaf.Span, proof, session.Network.LogVkey);
        var elapsed = session.Time.GetElapsedTime(started);
        if (verdict is OfflineReceipt.Refused refused)
        {
            throw new DemoException($"the receipt was refused ({refused.Reason}): {refused.Message}");
        }

        var verified = ((OfflineReceipt.Verified)verdict).Verdict;
        var made = PurchaseProof.Read(proof.Leaf);
        if (made.WorkId != session.Story.Request.WorkId || !made.Split.Amount.Equals(purchase.Receipt.Amount))
        {
            throw new DemoException("the verified bytes and the readable receipt speak of different purchases");
        }

        session.Console.Fact("log's key", session.Network.LogVkey);
        session.Console.Note("The key is the one that was written when the network was made, not one out of the answer.");
        session.Console.Fact("leaf", $"{proof.Leaf.Length} bytes, index {verified.Index} in a tree of {verified.Size} leaves");
        session.Console.Fact("path to the root", $"{proof.InclusionHashes.Count} hashes");
        session.Console.Fact("signed root", verified.Root.ToHex());
        session.Console.Proven($"verified in {elapsed.TotalMilliseconds:0.0} ms without asking anybody: {MoneyText.Of(made.Split.Amount)} for {made.WorkId} stands in the log");
        return Task.CompletedTask;
    }
}
