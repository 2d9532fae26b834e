using KpGrpc.Demo.Processes;
using KpGrpc.Demo.Steps;

namespace KpGrpc.Demo.Preparation;

/// <summary>Starts the three servers as processes and waits until each is ready.</summary>
internal sealed class ServersStep : IStoryStep
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    public string Name => "Start LedgerServer, InferenceServer and Gateway";

    public TimeSpan Deadline => TimeSpan.FromMinutes(4);

    public async Task RunAsync(DemoSession session, CancellationToken cancellationToken)
    {
        var addresses = ServerAddresses.Reserve(session.Settings.Ports);
        var servers = session.Servers = new ServerGroup(addresses);
        var arguments = new ServerArguments(session.Settings, addresses, session.Network);
        var ledger = Start(session, ServerProgram.Ledger, arguments.Ledger());
        var inference = Start(session, ServerProgram.Inference, arguments.Inference());
        await ReadyAsync(session, ledger, addresses.LedgerHttp, cancellationToken);
        await ReadyAsync(session, inference, addresses.InferenceHttp, cancellationToken);
        // The Gateway keeps its cache in the InferenceServer's Redis, so it comes last.
        var gateway = Start(session, ServerProgram.Gateway, arguments.Gateway());
        await ReadyAsync(session, gateway, addresses.GatewayHttp, cancellationToken);
        session.Console.Table(
            ["server", ">process", "gRPC", "HTTP/1.1"],
            [
                [ledger.Name, $"{ledger.Id}", addresses.LedgerGrpc.Authority, addresses.LedgerHttp.Authority],
                [inference.Name, $"{inference.Id}", addresses.InferenceGrpc.Authority, addresses.InferenceHttp.Authority],
                [gateway.Name, $"{gateway.Id}", addresses.GatewayGrpc.Authority, addresses.GatewayHttp.Authority],
            ]);
        session.Console.Note($"Nothing else is installed: Redis (Garnet) runs inside the InferenceServer on port {addresses.RedisPort}, RocksDB inside the LedgerServer.");
        session.Console.Fact("logs", session.Settings.DemoFile("logs"));
    }

    private static ChildProcess Start(DemoSession session, ServerProgram server, IEnumerable<string> arguments)
    {
        var log = session.Settings.DemoFile("logs", $"{server.Name}.log");
        var child = ChildProcess.Start(server.Name, session.Binaries.Find(server), arguments, log, Grace);
        session.Servers.Add(child);
        return child;
    }

    private static Task ReadyAsync(DemoSession session, ChildProcess child, Uri http, CancellationToken cancellationToken) =>
        ReadyProbe.WaitAsync(child, http, session.Settings.ReadyLimit, session.Time, cancellationToken);
}
