using KpGrpc.Demo.Output;
using KpGrpc.Demo.Steps;
using KpGrpc.Protos.Payment.V1;
using GetStatementRequest = KpGrpc.Protos.Partner.V1.GetStatementRequest;

namespace KpGrpc.Demo.Story;

/// <summary>What the producer sees: every line points to a receipt.</summary>
internal sealed class StatementStep : IStoryStep
{
    private const int LinesShown = 5;
    private const int LeafHashShown = 12;

    public string Name => "The producer's statement";

    public TimeSpan Deadline => TimeSpan.FromSeconds(30);

    public async Task RunAsync(DemoSession session, CancellationToken cancellationToken)
    {
        var receipt = session.Story.Purchase.Receipt;
        var producer = session.Story.Chosen.Work.ProducerId;
        var request = new GetStatementRequest { OrganizationId = producer, CurrencyCode = session.Data.CurrencyCode, PageSize = 1000 };
        var lines = new List<StatementLine>();
        Protos.Payment.V1.GetStatementResponse page;
        do
        {
            page = (await session.Partner(producer).GetStatementAsync(request, cancellationToken: cancellationToken)).Statement;
            lines.AddRange(page.Lines);
            request.PageToken = page.NextPageToken;
        }
        while (page.NextPageToken.Length > 0);

        var own = lines.LastOrDefault(line => line.Sequence == receipt.Sequence)
            ?? throw new DemoException($"the statement of {producer} does not name the sale, ledger entry #{receipt.Sequence}");
        var name = session.Data.Producers.First(candidate => candidate.ProducerId == producer).DisplayName();
        session.Console.Fact("producer", $"{name} ({producer})");
        session.Console.Table(
            [">entry", "time", "reason", "work", ">credit", "receipt (leaf hash)"],
            lines.TakeLast(LinesShown).Select(line => new[]
            {
                $"#{line.Sequence}",
                $"{line.OrderedAt.ToDateTimeOffset():u}",
                Words.Of(line.Reason),
                line.WorkId,
                MoneyText.Of(line.Amount),
                $"{Convert.ToHexStringLower(line.LeafHash.Span)[..LeafHashShown]}…",
            }));
        session.Console.Fact("balance", MoneyText.Of(page.ClosingBalance));
        session.Console.Proven($"the sale is there with {MoneyText.Of(own.Amount)}, and names the same receipt that the learner holds");
    }
}
