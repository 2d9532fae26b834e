using KpGrpc.Demo.Output;
using KpGrpc.Demo.Steps;
using KpGrpc.Protos.Learner.V1;

namespace KpGrpc.Demo.Story;

/// <summary>Charge, split and licence in one ledger entry.</summary>
internal sealed class PurchaseStep : IStoryStep
{
    public string Name => "She buys the first course";

    public TimeSpan Deadline => TimeSpan.FromSeconds(30);

    public async Task RunAsync(DemoSession session, CancellationToken cancellationToken)
    {
        var story = session.Story;
        story.Request = new PurchaseRequest
        {
            IdempotencyKey = LearnerClients.NewKey(),
            LearnerId = story.Learner.LearnerId,
            WorkId = story.Chosen.Work.WorkId,
            ExpectedPrice = story.Chosen.Work.Price,
            RequestId = story.FeedBefore.RequestId,
        };
        var started = session.Time.GetTimestamp();
        var answer = await session.Learner().PurchaseAsync(story.Request, cancellationToken: cancellationToken);
        var elapsed = session.Time.GetElapsedTime(started);
        if (answer.Outcome != Outcome.Completed)
        {
            throw new DemoException($"the ledger did not confirm the purchase in time (outcome {answer.Outcome})");
        }

        story.Purchase = answer;
        var receipt = answer.Receipt;
        session.Console.Fact("bought", $"{story.Chosen.Work.Title} ({receipt.WorkId})");
        session.Console.Fact("paid", MoneyText.Of(receipt.Amount));
        session.Console.Fact("purchase", receipt.PurchaseId);
        session.Console.Fact("ledger entry", $"{receipt.LedgerId} #{receipt.Sequence}, on disk and signed; the call took {elapsed.TotalMilliseconds:0} ms");
        session.Console.Note("Charge, split and licence are one entry: all of it happened, or none.");
    }
}
