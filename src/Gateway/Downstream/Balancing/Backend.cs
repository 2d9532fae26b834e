using System.Net;
using System.Net.Sockets;

namespace KpGrpc.Gateway.Downstream.Balancing;

/// <summary>One server: its connections and its health. Safe from any thread; who creates it disposes it.</summary>
internal sealed class Backend : IDisposable
{
    private readonly SocketsHttpHandler connections = DownstreamExtensions.Connections();
    private CancellationTokenSource lost = new();
    private int pending;

    /// <summary>Connects nothing yet.</summary>
    /// <param name="uri">Scheme, host and port that calls carry.</param>
    /// <param name="dial">Where to connect to; null: to the host of <paramref name="uri"/>.</param>
    /// <param name="health">Its health.</param>
    public Backend(Uri uri, IPEndPoint? dial, BackendHealth health)
    {
        (Uri, Dial, Health) = (uri, dial, health);
        if (dial is not null)
        {
            connections.ConnectCallback = (_, token) => ConnectAsync(dial, token);
        }

        Invoker = new HttpMessageInvoker(connections, disposeHandler: false);
    }

    public Uri Uri { get; }

    public IPEndPoint? Dial { get; }

    public BackendHealth Health { get; }

    public HttpMessageInvoker Invoker { get; }

    /// <summary>Gets the calls that wait for the first bytes of an answer.</summary>
    public int Pending => Volatile.Read(ref pending);

    /// <summary>Gets what is cancelled when the server turns out to be silent: who waits for it need wait no longer.</summary>
    public CancellationToken Lost => Volatile.Read(ref lost).Token;

    /// <summary>Sends everybody away who waits.</summary>
    public void Lose() => Interlocked.Exchange(ref lost, new CancellationTokenSource()).Cancel();

    public void Begin()
    {
        // A server that was idle owes nobody anything.
        if (Interlocked.Increment(ref pending) == 1)
        {
            Health.Heard();
        }
    }

    public void End() => Interlocked.Decrement(ref pending);

    public void Dispose()
    {
        Invoker.Dispose();
        connections.Dispose();
    }

    private static async ValueTask<Stream> ConnectAsync(IPEndPoint dial, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(dial, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
