using KpGrpc.Demo.Network;
using KpGrpc.Demo.Steps;
using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.Demo.Preparation;

/// <summary>Accounts, works, offers and agreements, each signed by the organisation that it concerns.</summary>
internal sealed class LedgerStep : IStoryStep
{
    public string Name => "Register works and agreements on the ledger";

    public TimeSpan Deadline => TimeSpan.FromMinutes(2);

    public async Task RunAsync(DemoSession session, CancellationToken cancellationToken)
    {
        using var keys = new OrganizationKeys(session.Network, session.Time);
        var registration = new Registration(new LedgerService.LedgerServiceClient(session.Servers.Ledger), keys);
        var started = session.Time.GetTimestamp();
        var result = await registration.SubmitAsync(new RegistrationPlan(session.Data).Commands(), cancellationToken);
        var elapsed = session.Time.GetElapsedTime(started);
        var console = session.Console;
        console.Fact("accepted", $"{result.Accepted:N0} commands under {result.Signatures:N0} signatures in {elapsed.TotalSeconds:0.0} s");
        console.Fact("already there", $"{result.AlreadyThere:N0}");
        console.Fact("works", $"{session.Data.Works.Count:N0} registered by their producers, with an offer each that is on sale");
        console.Fact("agreements", $"{session.Data.Producers.Count:N0}, one a producer, signed by all four parties");
        console.Table(
            ["party", ">share of each sale"],
            [
                ["C  content producer", Share(DevelopmentParties.ContentPpm)],
                ["P  platform", Share(DevelopmentParties.PlatformPpm)],
                ["T  technology", Share(DevelopmentParties.TechnologyPpm)],
                ["O  operator", Share(DevelopmentParties.OperatorPpm)],
            ]);
    }

    private static string Share(uint ppm) => KpGrpc.Demo.Story.Words.Percent(ppm);
}
