using KpGrpc.Demo.Output;
using KpGrpc.Demo.Steps;
using KpGrpc.Protos.Learner.V1;

namespace KpGrpc.Demo.Story;

/// <summary>Who got how much of the price, to the last minor unit.</summary>
internal sealed class SplitStep : IStoryStep
{
    public string Name => "The price is split among C, P, T and O to the cent";

    public TimeSpan Deadline => TimeSpan.FromSeconds(5);

    public Task RunAsync(DemoSession session, CancellationToken cancellationToken)
    {
        var receipt = session.Story.Purchase.Receipt;
        var sum = receipt.Amount.Clone();
        sum.MinorUnits = receipt.Split.Sum(line => line.Amount.MinorUnits);
        var ppm = receipt.Split.Aggregate(0u, (total, line) => total + line.Ppm);
        session.Console.Table(
            ["party", "who", ">share by the agreement", ">exact", ">receives"],
            receipt.Split
                .Select(line => new[]
                {
                    Words.Of(line.Role),
                    NameOf(session, line),
                    Words.Percent(line.Ppm),
                    ExactShare.Of(receipt.Amount, line.Ppm),
                    MoneyText.Of(line.Amount),
                })
                .Append(["sum", "", Words.Percent(ppm), MoneyText.Of(receipt.Amount), MoneyText.Of(sum)]));
        if (sum.MinorUnits != receipt.Amount.MinorUnits)
        {
            throw new DemoException($"the parts sum to {MoneyText.Of(sum)} and not to {MoneyText.Of(receipt.Amount)}");
        }

        session.Console.Proven("the parts sum to the price exactly; what does not divide goes to the largest remainders, as the agreement says");
        session.Console.Fact("agreement", $"{receipt.AgreementId}, signed by all four parties");
        return Task.CompletedTask;
    }

    private static string NameOf(DemoSession session, SplitLine line) =>
        session.Data.Producers.FirstOrDefault(producer => producer.ProducerId == line.PartyId)?.DisplayName()
        ?? (line.PartyName.Length > 0 ? line.PartyName : line.PartyId);
}
