using KpGrpc.Demo.Network;
using KpGrpc.Demo.Processes;

namespace KpGrpc.Demo.Preparation;

/// <summary>The settings with which the demo starts the servers, as command-line arguments.</summary>
internal sealed class ServerArguments(DemoSettings settings, ServerAddresses addresses, DevelopmentNetwork network)
{
    /// <summary>Settings of the LedgerServer.</summary>
    public IEnumerable<string> Ledger() =>
    [
        .. Hosting(addresses.LedgerGrpc, addresses.LedgerHttp),
        Setting("Ledger:DataDirectory", settings.DemoFile("ledger")),
        Setting("Ledger:GenesisPath", network.GenesisFile),
        Setting("Ledger:LogKeyPath", network.LogKeyFile),
    ];

    /// <summary>Settings of the InferenceServer, Redis in its process included.</summary>
    public IEnumerable<string> Inference() =>
    [
        .. Hosting(addresses.InferenceGrpc, addresses.InferenceHttp),
        Setting("Storage:Directory", settings.DemoFile("inference")),
        Setting("Registry:Directory", settings.DemoFile("models")),
        Setting("Redis:EmbeddedPort", $"{addresses.RedisPort}"),
        Setting("Redis:EmbeddedDirectory", settings.DemoFile("redis")),
    ];

    /// <summary>Settings of the Gateway.</summary>
    public IEnumerable<string> Gateway() =>
    [
        .. Hosting(addresses.GatewayGrpc, addresses.GatewayHttp),
        Setting("Redis:ConnectionString", $"127.0.0.1:{addresses.RedisPort}"),
        Setting("Gateway:InferenceAddress", addresses.InferenceGrpc.GetLeftPart(UriPartial.Authority)),
        Setting("Gateway:LedgerAddress", addresses.LedgerGrpc.GetLeftPart(UriPartial.Authority)),
        Setting("Gateway:PseudonymKeyPath", settings.DemoFile("gateway", "pseudonym.key")),
        Setting("Gateway:NetworkId", DevelopmentParties.NetworkId),
        Setting("Gateway:LedgerId", DevelopmentParties.LedgerId),
        Setting("Gateway:PlatformOrganizationId", DevelopmentParties.Platform),
        Setting("Gateway:PlatformKeyPath", network.KeyFileOf(DevelopmentParties.Platform)),
        Setting("Gateway:ProviderOrganizationId", DevelopmentParties.PaymentProvider),
        Setting("Gateway:ProviderClearingAccount", DevelopmentParties.ClearingAccount("{currency}")),
        Setting("Gateway:ProviderKeyPath", network.KeyFileOf(DevelopmentParties.PaymentProvider)),
    ];

    private static IEnumerable<string> Hosting(Uri grpc, Uri http) => [Setting("Hosting:GrpcPort", $"{grpc.Port}"), Setting("Hosting:HttpPort", $"{http.Port}")];

    private static string Setting(string name, string value) => $"--{name}={value}";
}
