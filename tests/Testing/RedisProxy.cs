using System.Globalization;
using System.Net;
using System.Net.Sockets;

using Garnet;

namespace KpGrpc.Testing;

/// <summary>A Redis-compatible server of the test's own behind a TCP relay that can stop relaying, as a frozen one does.</summary>
public sealed class RedisProxy : IDisposable
{
    private readonly GarnetServer server;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly List<TcpClient> clients = [];
    private readonly int port;
    private volatile TaskCompletionSource? frozen;
    private bool serverGone;

    public RedisProxy()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        server = new GarnetServer([
            "--bind", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture),
            "--memory", "32m", "--page", "4m", "--index", "16m", "-q"]);
        server.Start();
        listener.Start();
        Accepting = AcceptAsync();
    }

    /// <summary>Gets a connection string that leads through the relay and gives up soon.</summary>
    public string ConnectionString => $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port},connectTimeout=500,abortConnect=false";

    private Task Accepting { get; }

    /// <summary>Stops relaying; connections stay open.</summary>
    public void Freeze() => frozen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Relays again what has waited.</summary>
    public void Thaw()
    {
        var waiting = frozen;
        frozen = null;
        waiting?.SetResult();
    }

    /// <summary>Stops the server and cuts its connections.</summary>
    public void StopServer()
    {
        serverGone = true;
        listener.Stop();
        CloseClients();
        server.Dispose();
    }

    public void Dispose()
    {
        stop.Cancel();
        frozen?.TrySetCanceled();
        listener.Stop();
        CloseClients();
        if (!serverGone)
        {
            server.Dispose();
        }

        stop.Dispose();
    }

    private void CloseClients()
    {
        lock (clients)
        {
            clients.ForEach(client => client.Dispose());
            clients.Clear();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await listener.AcceptTcpClientAsync(stop.Token);
                var far = new TcpClient();
                await far.ConnectAsync(IPAddress.Loopback, port, stop.Token);
                lock (clients)
                {
                    clients.Add(near);
                    clients.Add(far);
                }

                _ = RelayAsync(near.GetStream(), far.GetStream());
                _ = RelayAsync(far.GetStream(), near.GetStream());
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task RelayAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[64 * 1_024];
        try
        {
            int read;
            while ((read = await from.ReadAsync(buffer, stop.Token)) > 0)
            {
                if (frozen is { } waiting)
                {
                    await waiting.Task;
                }

                await to.WriteAsync(buffer.AsMemory(0, read), stop.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The connection is over.
        }
    }
}
