using Grpc.Net.Client;
using KpGrpc.GatewayLoad.Running;
using KpGrpc.Perf.Harness.Running;
using KpGrpc.Perf.Harness.Servers;

namespace KpGrpc.GatewayLoad.Servers;

/// <summary>The three servers over a development network and folders of their own. Who starts it disposes it.</summary>
internal sealed class GatewayStack : IAsyncDisposable
{
    /// <summary>Currency of the market.</summary>
    public const string Currency = "CNY";

    private const string NetworkId = "perf";
    private const string LedgerId = "main";
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    private readonly Stack<ServerProcess> started = new();

    private GatewayStack()
    {
    }

    /// <summary>The Gateway.</summary>
    public ServerProcess Gateway { get; private set; } = null!;

    /// <summary>The InferenceServer.</summary>
    public ServerProcess Inference { get; private set; } = null!;

    /// <summary>The LedgerServer.</summary>
    public ServerProcess Ledger { get; private set; } = null!;

    /// <summary>Channel to the Gateway.</summary>
    public GrpcChannel Channel { get; private set; } = null!;

    /// <summary>The network's id.</summary>
    public static string Network => NetworkId;

    /// <summary>The ledger's id.</summary>
    public static string LedgerName => LedgerId;

    /// <summary>Starts the servers and waits until each is ready.</summary>
    /// <param name="options">Where they are.</param>
    /// <param name="redis">Port of a Redis that runs already; null for the one in the InferenceServer's process.</param>
    /// <param name="time">Clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="LoadException">One does not start.</exception>
    public static async Task<GatewayStack> StartAsync(GatewayLoadOptions options, int? redis, TimeProvider time, CancellationToken cancellationToken)
    {
        var stack = new GatewayStack();
        try
        {
            await stack.StartServersAsync(options, redis, time, cancellationToken);
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Channel?.Dispose();
        while (started.TryPop(out var server))
        {
            await server.DisposeAsync();
        }
    }

    private async Task StartServersAsync(GatewayLoadOptions options, int? externalRedis, TimeProvider time, CancellationToken cancellationToken)
    {
        var network = Path.Combine(options.Folder, "network");
        string Folder(string name) => Directory.CreateDirectory(Path.Combine(options.Folder, name)).FullName;
        string Key(string organization) => Path.Combine(network, "keys", $"{organization}.key");
        await ServerProcess.RunVerbAsync(
            options.Executable("LedgerServer"),
            ["init-dev", "--directory", network, "--network", NetworkId, "--ledger", LedgerId, "--producers", "producer", "--currencies", $"{Currency}:2"],
            cancellationToken);
        Ledger = Start(options, "LedgerServer", [$"--Ledger:DataDirectory={Folder("ledger")}", $"--Ledger:GenesisPath={network}/genesis.json", $"--Ledger:LogKeyPath={network}/log.key"]);
        var redis = externalRedis ?? ServerProcess.FreePort();
        string[] redisOfInference = externalRedis is null
            ? [$"--Redis:EmbeddedPort={redis}", $"--Redis:EmbeddedDirectory={Folder("redis")}"]
            : [$"--Redis:ConnectionString=127.0.0.1:{redis}"];
        Inference = Start(options, "InferenceServer", [$"--Storage:Directory={Folder("store")}", $"--Registry:Directory={Folder("models")}", .. redisOfInference]);
        await ReadyAsync(Inference, time, cancellationToken);
        await ReadyAsync(Ledger, time, cancellationToken);
        Gateway = Start(options, "Gateway",
        [
            $"--Redis:ConnectionString=127.0.0.1:{redis}",
            $"--Gateway:InferenceAddress={Inference.Address.GetLeftPart(UriPartial.Authority)}",
            $"--Gateway:LedgerAddress={Ledger.Address.GetLeftPart(UriPartial.Authority)}",
            $"--Gateway:PseudonymKeyPath={Path.Combine(Folder("gateway"), "pseudonym.key")}",
            $"--Gateway:Identity:DevelopmentKeyPath={Path.Combine(Folder("gateway"), "issuer.key")}", $"--Audit:Path={Path.Combine(Folder("gateway"), "audit.jsonl")}",
            "--Limits:CallsPerSecond=1000000", "--Limits:ConcurrentCalls=10000", // one learner stands for many
            $"--Gateway:NetworkId={NetworkId}", $"--Gateway:LedgerId={LedgerId}",
            "--Gateway:PlatformOrganizationId=platform", $"--Gateway:PlatformKeyPath={Key("platform")}",
            "--Gateway:ProviderOrganizationId=payment-provider", $"--Gateway:ProviderKeyPath={Key("payment-provider")}",
            "--Gateway:ProviderClearingAccount=payment-provider/clearing/{currency}",
        ]);
        await ReadyAsync(Gateway, time, cancellationToken);
        Channel = GrpcChannel.ForAddress(Gateway.Address, new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true },
            DisposeHttpClient = true,
        });
    }

    private ServerProcess Start(GatewayLoadOptions options, string name, string[] settings)
    {
        var server = ServerProcess.Start(options.Executable(name), settings, Path.Combine(options.Folder, $"{name}.log"));
        started.Push(server);
        return server;
    }

    /// <summary>Starts a server again that has ended.</summary>
    public ServerProcess StartAgain(ServerProcess ended)
    {
        var server = ended.StartAgain();
        started.Push(server);
        (Inference, Ledger) = (ReferenceEquals(ended, Inference) ? server : Inference, ReferenceEquals(ended, Ledger) ? server : Ledger);
        return server;
    }

    /// <summary>Waits until a server is ready.</summary>
    /// <exception cref="LoadException">It is not, for minutes.</exception>
    public static async Task ReadyAsync(ServerProcess server, TimeProvider time, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = server.Http, Timeout = Soon };
        for (var start = time.GetTimestamp(); time.GetElapsedTime(start) < ReadyLimit && !server.HasExited; await Task.Delay(Pause, time, cancellationToken))
        {
            try
            {
                using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
            {
                // Not listening yet.
            }
        }

        throw new LoadException($"a server is not ready: {server.LastOutput()}");
    }
}
