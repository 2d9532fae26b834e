using System.Net;

using Grpc.Core;

using KpGrpc.Client.Ledger;
using KpGrpc.Client.Signing;
using KpGrpc.LedgerServer.Configuration;
using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.LedgerServer.Tests.Services;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.Node;

/// <summary>Two ledgers of one process.</summary>
public sealed class LedgerSetupTests
{
    private const string Books = "books";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TwoLedgers_OneWrites_TheOtherKnowsNothingOfIt()
    {
        await using var fixture = new LedgerFixture();
        using var folder = new TemporaryDirectory();
        await StartAsync(fixture, folder);
        using var key = SigningKeyFile.Read(folder.Combine("books-net/keys/platform.key"));
        var signer = new CommandSigner(key, "books-net", Books);

        // The request names no ledger: the payload's is taken.
        var outcome = await new LedgerClient(fixture.Server.Channel).SubmitAsync(signer.Sign(payload => payload.OpenAccount = Market.Wallet()), false, Stop);

        Assert.Equal(ReceiptStatus.Accepted, Assert.IsType<CommandOutcome.Answered>(outcome).Receipt.Status);
        Assert.Equal(1UL, (await fixture.Ledger.GetStatusAsync(new() { LedgerId = Books }, cancellationToken: Stop)).NextSequence);
        var other = await fixture.Ledger.GetStatusAsync(new(), cancellationToken: Stop);
        Assert.Equal((0UL, LedgerFixture.LedgerId), (other.NextSequence, other.LedgerId));
        Assert.Contains("books-net/books", (await fixture.Ledger.GetStatusAsync(new() { LedgerId = Books }, cancellationToken: Stop)).LogVerifierKey, StringComparison.Ordinal);
        await LedgerServiceTests.RefuseAsync(fixture, fixture.Signer("platform").Sign(payload =>
        {
            payload.LedgerId = Books;
            payload.OpenAccount = Market.Wallet();
        }), StatusCode.FailedPrecondition);
    }

    [Fact]
    public async Task TwoLedgers_OverHttp_EachServesItsOwnLog()
    {
        await using var fixture = new LedgerFixture();
        using var folder = new TemporaryDirectory();
        await StartAsync(fixture, folder);
        using var http = new HttpClient { BaseAddress = fixture.Server.HttpAddress };

        Assert.StartsWith("kpgrpc.example/books-net/books\n", await http.GetStringAsync("/ledgers/books/log/checkpoint", Stop), StringComparison.Ordinal);
        Assert.Equal(await http.GetStringAsync("/log/checkpoint", Stop), await http.GetStringAsync($"/ledgers/{LedgerFixture.LedgerId}/log/checkpoint", Stop));
        using var none = await http.GetAsync("/ledgers/none/log/checkpoint", Stop);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task TwoLedgers_OfOneId_RefuseToStart()
    {
        await using var fixture = new LedgerFixture();
        using var folder = new TemporaryDirectory();
        using var error = new StringWriter();

        var code = await LedgerServerHost.RunAsync(
            ["--Hosting:GrpcPort=0", "--Hosting:HttpPort=0", .. fixture.Settings.Concat(Settings(folder, LedgerFixture.LedgerId)).Select(setting => $"--{setting}")], error)
            .WithinAsync("the refusal to start");

        Assert.NotEqual(0, code);
        Assert.Contains("two ledgers of this server are named main", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FurtherLedger_BadLimit_IsNamedByItsSetting()
    {
        await using var fixture = new LedgerFixture();
        using var folder = new TemporaryDirectory();
        using var error = new StringWriter();

        var code = await LedgerServerHost.RunAsync(
            ["--Hosting:GrpcPort=0", "--Hosting:HttpPort=0", .. fixture.Settings.Concat([.. Settings(folder, Books), "Ledgers:books:QueueMax=1"]).Select(setting => $"--{setting}")], error)
            .WithinAsync("the refusal to start");

        Assert.NotEqual(0, code);
        Assert.Contains("Ledgers:books:QueueMax", error.ToString(), StringComparison.Ordinal);
    }

    private static Task StartAsync(LedgerFixture fixture, TemporaryDirectory folder) => fixture.StartServerAsync(null, Settings(folder, Books));

    private static string[] Settings(TemporaryDirectory folder, string ledgerId)
    {
        DevelopmentNetwork.Create(folder.Combine("books-net"), "books-net", ledgerId, ["producer"], [new GenesisCurrency("EUR", 2)]);
        return
        [
            $"Ledgers:books:DataDirectory={folder.Combine("books-data")}",
            $"Ledgers:books:GenesisPath={folder.Combine("books-net/genesis.json")}",
            $"Ledgers:books:LogKeyPath={folder.Combine("books-net/log.key")}",
        ];
    }
}
