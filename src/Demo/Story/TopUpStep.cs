using KpGrpc.Demo.Output;
using KpGrpc.Demo.Steps;
using KpGrpc.Protos.Learner.V1;

namespace KpGrpc.Demo.Story;

/// <summary>Money comes in through the payment provider.</summary>
internal sealed class TopUpStep : IStoryStep
{
    private const long ChangeMinorUnits = 500;

    public string Name => "She pays money into her wallet";

    public TimeSpan Deadline => TimeSpan.FromSeconds(30);

    public async Task RunAsync(DemoSession session, CancellationToken cancellationToken)
    {
        var amount = session.Story.Chosen.Work.Price.Clone();
        amount.MinorUnits += ChangeMinorUnits;
        var answer = await session.Learner().TopUpAsync(
            new TopUpRequest { IdempotencyKey = LearnerClients.NewKey(), LearnerId = session.Story.Learner.LearnerId, Amount = amount },
            cancellationToken: cancellationToken);
        if (answer.Outcome != Outcome.Completed)
        {
            throw new DemoException($"the ledger did not confirm the payment in time (outcome {answer.Outcome})");
        }

        session.Console.Fact("paid in", MoneyText.Of(amount));
        session.Console.Fact("she can spend", MoneyText.Of(answer.Balance.Available));
        session.Console.Fact("ledger sequence", $"{answer.Sequence}");
        session.Console.Note("The ledger knows her by a pseudonym only; the Gateway alone can link it to her id.");
    }
}
