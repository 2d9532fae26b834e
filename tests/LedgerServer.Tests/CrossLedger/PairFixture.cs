using System.Text.Json.Nodes;

using Grpc.Net.Client;

using KpGrpc.Client.CrossLedger;
using KpGrpc.Client.Ledger;
using KpGrpc.Client.Signing;
using KpGrpc.LedgerServer.Configuration;
using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.LedgerServer.Tests.Recovery;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Payment.V1;
using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.CrossLedger;

/// <summary>Two ledgers that believe each other's logs, in one server process or in two that can be killed.</summary>
internal sealed class PairFixture : IAsyncDisposable
{
    public const string Main = LedgerFixture.LedgerId;
    public const string Books = "books";

    private readonly LedgerFixture network = new();
    private readonly TemporaryDirectory folder = new();
    private readonly List<SigningKey> keys = [];
    private readonly List<LedgerProcess> processes = [];
    private readonly Dictionary<string, GrpcChannel> channels = [];
    private readonly bool twoProcesses;

    public PairFixture(bool twoProcesses)
    {
        this.twoProcesses = twoProcesses;
        DevelopmentNetwork.Create(BooksFolder, LedgerFixture.NetworkId, Books, ["producer"], [new GenesisCurrency("EUR", 2)]);
        Believe(network.NetworkFolder, Books, VkeyOf(BooksFolder));
        Believe(BooksFolder, Main, VkeyOf(network.NetworkFolder));
    }

    private string BooksFolder => folder.Combine("books-net");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public PaymentService.PaymentServiceClient Payments(string ledgerId) => new(channels[ledgerId]);

    /// <summary>A ledger as a coordinator sees it.</summary>
    /// <param name="ledgerId">The ledger.</param>
    /// <param name="organizationId">Who signs.</param>
    /// <param name="fault">What its calls meet; null for nothing, with calls made again as usual.</param>
    public CrossLedgerSide Side(string ledgerId, string organizationId, FaultyChannel.Fault? fault = null) =>
        new(fault is null ? channels[ledgerId] : new FaultyChannel(channels[ledgerId], fault), Signer(ledgerId, organizationId), VkeyOf(FolderOf(ledgerId)), new LedgerClientOptions { Deadline = TimeSpan.FromSeconds(5), TriesMax = fault is null ? new LedgerClientOptions().TriesMax : 1 });

    public async Task StartAsync()
    {
        await (twoProcesses ? Task.WhenAll(StartAsync([Main]), StartAsync([Books], Settings("Ledger"))) : StartAsync([Main, Books], Settings("Ledgers:books")));
    }

    /// <summary>Kill -9 of every server, and nobody speaks to them any more.</summary>
    public async Task KillAsync()
    {
        await KillServersAsync();
        foreach (var channel in channels.Values.Distinct())
        {
            channel.Dispose();
        }

        channels.Clear();
    }

    /// <summary>Kill -9 of every server while somebody may speak to them.</summary>
    public async Task KillServersAsync()
    {
        foreach (var process in processes)
        {
            await process.KillAsync();
            process.Dispose();
        }

        processes.Clear();
    }

    /// <summary>Accounts on both: a funded wallet, a producer's wallet, the other's counter-account.</summary>
    public async Task OpenAsync()
    {
        foreach (var (ledgerId, other) in new[] { (Main, Books), (Books, Main) })
        {
            await AcceptAsync(ledgerId, "payment-provider", payload => payload.OpenAccount = Market.Clearing());
            await AcceptAsync(ledgerId, "platform", payload => payload.OpenAccount = Market.Wallet(new AccountOwner { OrganizationId = "platform" }));
            await AcceptAsync(ledgerId, "payment-provider", payload => payload.Deposit = Market.Deposit(100_000, "deposit-1"));
            await AcceptAsync(ledgerId, "producer", payload => payload.OpenAccount = new OpenAccount(Market.Wallet(new AccountOwner { OrganizationId = "producer" })) { AccountId = "payee" });
            await AcceptAsync(ledgerId, "operator", payload => payload.OpenAccount = new OpenAccount(Market.Wallet(new AccountOwner { OrganizationId = "operator" }))
            {
                AccountId = $"foreign/{other}/EUR",
                Kind = AccountKind.Foreign,
                Limits = new AccountLimits { OverdraftMinorUnits = 1_000_000, BalanceMaxMinorUnits = 1_000_000 },
            });
        }
    }

    public async Task<CommandOutcome.Answered> AcceptAsync(string ledgerId, string organizationId, Action<CommandPayload> setBody)
    {
        var outcome = await new LedgerClient(channels[ledgerId]).SubmitAsync(Signer(ledgerId, organizationId).Sign(setBody), false, Stop).WithinAsync("a command");
        var answered = Assert.IsType<CommandOutcome.Answered>(outcome);
        Assert.True(answered.Receipt.Status == ReceiptStatus.Accepted, answered.Receipt.RejectionMessage);
        return answered;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        keys.ForEach(key => key.Dispose());
        folder.Dispose();
        await network.DisposeAsync();
    }

    private static string VkeyOf(string folder) => File.ReadAllText(Path.Combine(folder, "log.vkey")).Trim();

    private static void Believe(string folder, string otherId, string otherVkey)
    {
        var path = Path.Combine(folder, "genesis.json");
        var genesis = JsonNode.Parse(File.ReadAllText(path))!;
        genesis["foreignLogs"] = new JsonArray(new JsonObject { ["ledgerId"] = otherId, ["origin"] = otherVkey.Split('+')[0], ["verifierKey"] = otherVkey });
        File.WriteAllText(path, genesis.ToJsonString());
    }

    private string FolderOf(string ledgerId) => ledgerId == Main ? network.NetworkFolder : BooksFolder;

    private CommandSigner Signer(string ledgerId, string organizationId)
    {
        var key = SigningKeyFile.Read(Path.Combine(FolderOf(ledgerId), "keys", $"{organizationId}.key"));
        keys.Add(key);
        return new CommandSigner(key, LedgerFixture.NetworkId, ledgerId);
    }

    private async Task StartAsync(string[] ledgerIds, params string[] settings)
    {
        var (process, address) = await LedgerProcess.StartAsync(network, settings);
        var channel = GrpcChannel.ForAddress(address);
        lock (processes)
        {
            processes.Add(process);
            foreach (var id in ledgerIds)
            {
                channels[id] = channel;
            }
        }
    }

    private string[] Settings(string section) =>
    [
        $"{section}:DataDirectory={folder.Combine("books-data")}",
        $"{section}:GenesisPath={Path.Combine(BooksFolder, "genesis.json")}",
        $"{section}:LogKeyPath={Path.Combine(BooksFolder, "log.key")}",
    ];
}
