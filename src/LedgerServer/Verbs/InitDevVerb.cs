using System.CommandLine;

using KpGrpc.LedgerServer.Configuration;

namespace KpGrpc.LedgerServer.Verbs;

/// <summary><c>init-dev --directory D --producers a,b,c</c>: makes a development network with all its keys.</summary>
internal static class InitDevVerb
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        var directory = new Option<string>("--directory") { Description = "Folder to make it in; must not hold a genesis.json", DefaultValueFactory = _ => "data/network" };
        var producers = new Option<string>("--producers") { Description = "Ids of the producers, separated by commas", DefaultValueFactory = _ => "producer" };
        var network = new Option<string>("--network") { Description = "Network id", DefaultValueFactory = _ => "kp-dev" };
        var ledger = new Option<string>("--ledger") { Description = "Ledger id", DefaultValueFactory = _ => "main" };
        var currencies = new Option<string>("--currencies") { Description = "Currencies as CODE:exponent, separated by commas", DefaultValueFactory = _ => "CNY:2,USD:2" };
        var verb = new Command("init-dev", "Makes a development network: keys, genesis file and log key, all refused in Production") { directory, producers, network, ledger, currencies };
        verb.SetAction(result =>
        {
            try
            {
                var folder = DevelopmentNetwork.Create(
                    result.GetRequiredValue(directory),
                    result.GetRequiredValue(network),
                    result.GetRequiredValue(ledger),
                    Split(result.GetRequiredValue(producers)),
                    [.. Split(result.GetRequiredValue(currencies)).Select(DevelopmentNetwork.ParseCurrency)]);
                output.WriteLine($"made development network in {folder}: genesis.json, log.key, log.vkey and keys/<organisation>.key");
                return 0;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or ServiceDefaults.Hosting.StartupException)
            {
                error.WriteLine($"init-dev: {exception.Message}");
                return ServiceDefaults.Hosting.ServerProgram.ExitConfiguration;
            }
        });
        return verb;
    }

    private static string[] Split(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
