using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using KpGrpc.Perf.Harness.Running;

namespace KpGrpc.GatewayLoad.Peers;

/// <summary>A process that listens on a port until it is disposed.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly Process process;

    private PeerProcess(Process process, int port) => (this.process, Port) = (process, port);

    /// <summary>Where it listens on loopback.</summary>
    public int Port { get; }

    /// <summary>Starts a process and waits until it listens.</summary>
    /// <param name="port">The port that its arguments name.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="LoadException">It ended, or does not listen.</exception>
    public static async Task<PeerProcess> StartAsync(int port, string program, string[] arguments, CancellationToken cancellationToken)
    {
        var peer = new PeerProcess(Process.Start(new ProcessStartInfo(program, arguments))!, port);
        for (var waited = TimeSpan.Zero; waited < ReadyLimit && !peer.process.HasExited; waited += Pause)
        {
            using var probe = new TcpClient();
            try
            {
                await probe.ConnectAsync("127.0.0.1", port, cancellationToken);
                return peer;
            }
            catch (SocketException)
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }

        await peer.DisposeAsync();
        throw new LoadException($"{program} does not listen on port {port}");
    }

    /// <summary>Sends a signal, such as <c>STOP</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("/bin/kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    /// <summary>Has it end in order.</summary>
    public async Task EndAsync()
    {
        await SignalAsync("TERM");
        await process.WaitForExitAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }
}
