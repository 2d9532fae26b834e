using System.CommandLine;
using KpGrpc.Demo.Data;
using KpGrpc.Demo.Processes;

namespace KpGrpc.Demo.Commands;

/// <summary>The options that both verbs share.</summary>
internal sealed class DemoOptions
{
    private const int PortMax = 65_535;

    private readonly Option<string> dataDirectory = new("--data-dir")
    {
        Description = "Folder for everything that the demo keeps.",
        DefaultValueFactory = _ => "data",
    };

    private readonly Option<string?> serversDirectory = new("--servers-dir")
    {
        Description = $"Folder with the built servers. Default: {ServerBinaries.Variable}, then the build output that holds the demo.",
    };

    private readonly Option<bool> plain = new("--plain") { Description = "No colour, no boxes. Default where the output is no terminal or NO_COLOR is set." };

    private readonly Option<int> gatewayGrpc = Port("--gateway-port", "gRPC of the Gateway", PortSettings.Default.GatewayGrpc);
    private readonly Option<int> gatewayHttp = Port("--gateway-http-port", "HTTP/JSON of the Gateway", PortSettings.Default.GatewayHttp);
    private readonly Option<int> inferenceGrpc = Port("--inference-port", "gRPC of the InferenceServer", PortSettings.Default.InferenceGrpc);
    private readonly Option<int> inferenceHttp = Port("--inference-http-port", "HTTP of the InferenceServer", PortSettings.Default.InferenceHttp);
    private readonly Option<int> ledgerGrpc = Port("--ledger-port", "gRPC of the LedgerServer", PortSettings.Default.LedgerGrpc);
    private readonly Option<int> ledgerHttp = Port("--ledger-http-port", "HTTP of the LedgerServer", PortSettings.Default.LedgerHttp);
    private readonly Option<int> redis = Port("--redis-port", "the embedded Redis", PortSettings.Default.Redis);

    /// <summary>Adds the options to a verb.</summary>
    public Command AddTo(Command verb)
    {
        Option[] all = [dataDirectory, serversDirectory, plain, gatewayGrpc, gatewayHttp, inferenceGrpc, inferenceHttp, ledgerGrpc, ledgerHttp, redis];
        foreach (var option in all)
        {
            verb.Options.Add(option);
        }

        return verb;
    }

    /// <summary>Whether to print plain lines.</summary>
    public bool IsPlain(ParseResult parsed, bool redirected) =>
        redirected || parsed.GetValue(plain) || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <summary>What the command line and the environment say.</summary>
    public DemoSettings Read(ParseResult parsed, bool stayUp) => new()
    {
        DataDirectory = Path.GetFullPath(parsed.GetValue(dataDirectory)!),
        ServersDirectory = parsed.GetValue(serversDirectory) ?? Environment.GetEnvironmentVariable(ServerBinaries.Variable),
        InputDirectory = Environment.GetEnvironmentVariable(DataFolder.Variable),
        BaseDirectory = AppContext.BaseDirectory,
        StayUp = stayUp,
        Ports = new PortSettings(
            parsed.GetValue(gatewayGrpc),
            parsed.GetValue(gatewayHttp),
            parsed.GetValue(inferenceGrpc),
            parsed.GetValue(inferenceHttp),
            parsed.GetValue(ledgerGrpc),
            parsed.GetValue(ledgerHttp),
            parsed.GetValue(redis)),
    };

    private static Option<int> Port(string name, string what, int value)
    {
        var option = new Option<int>(name) { Description = $"Port for {what} on 127.0.0.1; 0: any free one.", DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > PortMax)
            {
                result.AddError($"{name} must be 0 to {PortMax}");
            }
        });
        return option;
    }
}
