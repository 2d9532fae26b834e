using Grpc.Core;
using Grpc.Net.Client;
using KpGrpc.Client.Ledger;
using KpGrpc.Client.Signing;
using KpGrpc.LoadTest.Running;
using KpGrpc.Perf.Harness.Running;
using KpGrpc.Perf.Harness.Servers;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Payment.V1;

namespace KpGrpc.LoadTest.Servers;

/// <summary>A development network in a folder of its own, a server over it, and what speaks to it. Not thread-safe.</summary>
internal sealed class LedgerSession : IAsyncDisposable
{
    public const string Currency = "CNY";
    public const uint Exponent = 2;
    private const string NetworkId = "perf";
    private const string LedgerId = "main";
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan ReconnectPause = TimeSpan.FromMilliseconds(50);

    private readonly string executable;
    private readonly string folder;
    private readonly TimeProvider time;
    private readonly Dictionary<string, SigningKey> keys = [];
    private ServerProcess? process;
    private GrpcChannel? channel;

    private LedgerSession(string executable, string folder, TimeProvider time) => (this.executable, this.folder, this.time) = (executable, folder, time);

    /// <summary>The running server.</summary>
    public ServerProcess Process => process ?? throw new InvalidOperationException("the server does not run");

    /// <summary>The client under test.</summary>
    public LedgerClient Client => new(Channel, new LedgerClientOptions { Deadline = TimeSpan.FromSeconds(30) });

    /// <summary>Channel to the server.</summary>
    public GrpcChannel Channel => channel ?? throw new InvalidOperationException("the server does not run");

    /// <summary>The log's verifier key.</summary>
    public string LogVkey => File.ReadAllText(Path.Combine(folder, "network", "log.vkey")).Trim();

    /// <summary>Makes a network and starts a server over it.</summary>
    public static async Task<LedgerSession> StartAsync(LoadOptions options, string name, TimeProvider time, CancellationToken cancellationToken)
    {
        var session = new LedgerSession(options.Server, Path.Combine(options.Folder, name), time);
        Directory.CreateDirectory(session.folder);
        string[] verb = ["init-dev", "--directory", Path.Combine(session.folder, "network"), "--network", NetworkId, "--ledger", LedgerId, "--producers", "producer", "--currencies", $"{Currency}:{Exponent}"];
        await ServerProcess.RunVerbAsync(options.Server, verb, cancellationToken);
        await session.StartServerAsync(cancellationToken);
        return session;
    }

    /// <summary>A signer of one of the network's members.</summary>
    public CommandSigner Signer(string organizationId)
    {
        if (!keys.TryGetValue(organizationId, out var key))
        {
            keys[organizationId] = key = SigningKeyFile.Read(Path.Combine(folder, "network", "keys", $"{organizationId}.key"));
        }

        return new CommandSigner(key, NetworkId, LedgerId, time, TimeSpan.FromHours(1));
    }

    /// <summary>Kills the server, starts it again and waits until it answers.</summary>
    /// <returns>Time from the start of the process to its first answer.</returns>
    public async Task<TimeSpan> RestartAsync(CancellationToken cancellationToken)
    {
        await Process.KillAsync();
        await CloseAsync();
        return await StartServerAsync(cancellationToken);
    }

    /// <summary>Where the ledger stands.</summary>
    public async Task<GetStatusResponse> StatusAsync(CancellationToken cancellationToken) =>
        await new LedgerService.LedgerServiceClient(Channel).GetStatusAsync(new GetStatusRequest(), deadline: Soon(), cancellationToken: cancellationToken);

    /// <summary>All posted debits, which equal all posted credits.</summary>
    /// <exception cref="LoadException">The books do not balance.</exception>
    public async Task<long> PostedAsync(CancellationToken cancellationToken)
    {
        var answer = await new PaymentService.PaymentServiceClient(Channel).GetTrialBalanceAsync(new GetTrialBalanceRequest(), deadline: Soon(), cancellationToken: cancellationToken);
        var line = answer.Lines.FirstOrDefault(line => line.DebitsPosted.CurrencyCode == Currency);
        return answer.Balanced && line?.DebitsPosted.MinorUnits == line?.CreditsPosted.MinorUnits
            ? line?.DebitsPosted.MinorUnits ?? 0
            : throw new LoadException("the trial balance is not zero: the figures are worth nothing");
    }

    /// <summary>Stops the server and clears the keys.</summary>
    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        foreach (var key in keys.Values)
        {
            key.Dispose();
        }

        Directory.Delete(folder, recursive: true);
    }

    private async Task<TimeSpan> StartServerAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        process = ServerProcess.Start(executable, Settings(), Path.Combine(folder, "server.log"));
        channel = GrpcChannel.ForAddress(process.Address, new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true },
            DisposeHttpClient = true,

            // By default a refused connection is tried again after 1, 1.6, 2.6 and 4.1 s: a restart would be measured in those steps.
            InitialReconnectBackoff = ReconnectPause,
            MaxReconnectBackoff = ReconnectPause,
        });
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20), time);
        while (!await IsReadyAsync(cancellationToken))
        {
            if (process.HasExited || time.GetElapsedTime(started) > ReadyLimit)
            {
                throw new LoadException($"the server did not start within {ReadyLimit.TotalSeconds} s; the end of its output: {process.LastOutput()}");
            }

            await tick.WaitForNextTickAsync(cancellationToken);
        }

        return time.GetElapsedTime(started);
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await StatusAsync(cancellationToken);
            return true;
        }
        catch (RpcException failure) when (failure.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded)
        {
            return false;
        }
    }

    private IEnumerable<string> Settings() =>
    [
        $"--Ledger:DataDirectory={Path.Combine(folder, "data")}",
        $"--Ledger:GenesisPath={Path.Combine(folder, "network", "genesis.json")}",
        $"--Ledger:LogKeyPath={Path.Combine(folder, "network", "log.key")}",
    ];

    private DateTime Soon() => (time.GetUtcNow() + TimeSpan.FromSeconds(30)).UtcDateTime;

    private async Task CloseAsync()
    {
        channel?.Dispose();
        channel = null;
        if (process is not null)
        {
            await process.DisposeAsync();
            process = null;
        }
    }
}
