using KpGrpc.Demo.Output;
using KpGrpc.Demo.Steps;

namespace KpGrpc.Demo.Story;

/// <summary>A purchase that is sent twice is one purchase.</summary>
internal sealed class RepeatStep : IStoryStep
{
    public string Name => "The same purchase sent again charges nothing";

    public TimeSpan Deadline => TimeSpan.FromSeconds(30);

    public async Task RunAsync(DemoSession session, CancellationToken cancellationToken)
    {
        var before = await session.SpendableAsync(cancellationToken);
        var answer = await session.Learner().PurchaseAsync(session.Story.Request, cancellationToken: cancellationToken);
        var after = await session.SpendableAsync(cancellationToken);
        if (answer.Receipt is null || !answer.Receipt.Proof.Leaf.Equals(session.Story.Purchase.Receipt.Proof.Leaf))
        {
            throw new DemoException("the repeated purchase got another receipt than the first");
        }

        if (before != after || !answer.Replayed)
        {
            throw new DemoException("the repeated purchase was not recognised as a repetition");
        }

        var amount = session.Story.Request.ExpectedPrice.Clone();
        amount.MinorUnits = after;
        session.Console.Proven($"same key, same receipt: all {answer.Receipt.Proof.Leaf.Length} bytes of the leaf are equal, and the answer says that it is a repetition");
        session.Console.Proven($"charged once: she can still spend {MoneyText.Of(amount)}");
    }
}
