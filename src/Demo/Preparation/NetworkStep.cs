using KpGrpc.Demo.Network;
using KpGrpc.Demo.Processes;
using KpGrpc.Demo.Steps;

namespace KpGrpc.Demo.Preparation;

/// <summary>Makes the keys and the genesis of a development network, once.</summary>
internal sealed class NetworkStep : IStoryStep
{
    public string Name => "Make a development network";

    public TimeSpan Deadline => TimeSpan.FromSeconds(60);

    public async Task RunAsync(DemoSession session, CancellationToken cancellationToken)
    {
        var folder = session.Settings.DemoFile("network");
        var made = !DevelopmentNetwork.IsIn(folder);
        if (made)
        {
            await MakeAsync(session, folder, cancellationToken);
        }

        session.Network = DevelopmentNetwork.Open(folder);
        session.Network.CheckMembers(session.Data.Producers.Select(producer => producer.ProducerId));
        session.Console.Fact(made ? "made" : "already there", folder);
        session.Console.Fact("organisations", $"platform, technology provider, operator, payment provider, {session.Data.Producers.Count:N0} producers; each signs with a key of its own");
        session.Console.Fact("log's verifier key", session.Network.LogVkey);
        session.Console.Note("Development keys: the servers refuse them in Production.");
    }

    private static async Task MakeAsync(DemoSession session, string folder, CancellationToken cancellationToken)
    {
        var executable = session.Binaries.Find(ServerProgram.Ledger);
        string[] arguments =
        [
            "init-dev",
            "--directory", folder,
            "--network", DevelopmentParties.NetworkId,
            "--ledger", DevelopmentParties.LedgerId,
            "--currencies", $"{session.Data.CurrencyCode}:{session.Data.CurrencyExponent}",
            "--producers", string.Join(',', session.Data.Producers.Select(producer => producer.ProducerId)),
        ];
        await ProcessRun.ToEndAsync("LedgerServer init-dev", executable, arguments, session.Settings.DemoFile("logs", "init-dev.log"), cancellationToken);
    }
}
