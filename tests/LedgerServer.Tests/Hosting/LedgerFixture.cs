using KpGrpc.Client.Ledger;
using KpGrpc.Client.Signing;
using KpGrpc.LedgerServer.Configuration;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Testing;

using Microsoft.AspNetCore.Builder;

namespace KpGrpc.LedgerServer.Tests.Hosting;

/// <summary>A development network in a folder of its own, the production composition over it, and signers for its members.</summary>
internal sealed class LedgerFixture : IAsyncDisposable
{
    public const string NetworkId = "test-net";
    public const string LedgerId = "main";

    private readonly TemporaryDirectory folder = new();
    private readonly Dictionary<string, SigningKey> keys = [];
    private TestServer? server;

    public LedgerFixture()
    {
        DevelopmentNetwork.Create(NetworkFolder, NetworkId, LedgerId, ["producer"], [new GenesisCurrency("EUR", 2)]);
        LogVerifierKey = File.ReadAllText(Path.Combine(NetworkFolder, "log.vkey")).Trim();
    }

    public string NetworkFolder => folder.Combine("network");

    public string DataFolder => folder.Combine("data");

    public string LogVerifierKey { get; }

    public TestServer Server => server ?? throw new InvalidOperationException("the server was not started");

    public LedgerService.LedgerServiceClient Ledger => new(Server.Channel);

    /// <summary>The settings of a server over this network, as <c>Section:Name=value</c>.</summary>
    public IReadOnlyList<string> Settings =>
    [
        "environment=Development",
        $"Ledger:DataDirectory={DataFolder}",
        $"Ledger:GenesisPath={Path.Combine(NetworkFolder, "genesis.json")}",
        $"Ledger:LogKeyPath={Path.Combine(NetworkFolder, "log.key")}",
    ];

    public static async Task<LedgerFixture> StartAsync(Action<WebApplicationBuilder>? configure = null, params string[] settings)
    {
        var fixture = new LedgerFixture();
        await fixture.StartServerAsync(configure, settings);
        return fixture;
    }

    public async Task StartServerAsync(Action<WebApplicationBuilder>? configure = null, params string[] settings) =>
        server = await TestServer.StartAsync(LedgerServerHost.Build, [.. Settings, .. settings], configure);

    public async Task StopServerAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
            server = null;
        }
    }

    public CommandSigner Signer(string organizationId, TimeProvider? time = null)
    {
        if (!keys.TryGetValue(organizationId, out var key))
        {
            keys[organizationId] = key = SigningKeyFile.Read(Path.Combine(NetworkFolder, "keys", $"{organizationId}.key"));
        }

        return new CommandSigner(key, NetworkId, LedgerId, time);
    }

    /// <summary>Submits and expects a receipt of status ACCEPTED.</summary>
    public async Task<CommandOutcome.Answered> AcceptAsync(string organizationId, Action<CommandPayload> setBody, bool includeProof = false)
    {
        var outcome = await new LedgerClient(Server.Channel)
            .SubmitAsync(Signer(organizationId).Sign(setBody), includeProof, TestContext.Current.CancellationToken).WithinAsync("the answer to a command");
        var answered = Assert.IsType<CommandOutcome.Answered>(outcome);
        Assert.True(answered.Receipt.Status == ReceiptStatus.Accepted, answered.Receipt.RejectionMessage);
        return answered;
    }

    public async ValueTask DisposeAsync()
    {
        await StopServerAsync();
        foreach (var key in keys.Values)
        {
            key.Dispose();
        }

        folder.Dispose();
    }
}
