using System.Globalization;
using System.Net;
using System.Net.Sockets;

using Garnet;

using KpGrpc.ServiceDefaults.Hosting;

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KpGrpc.ServiceDefaults.Redis;

/// <summary>
/// A Redis-compatible server (Microsoft.Garnet) inside this process, on loopback only, with an append-only file, for
/// whoever has no Redis yet. Starts when constructed; who creates it disposes it.
/// </summary>
internal sealed partial class EmbeddedRedis : IDisposable
{
    private readonly GarnetServer server;

    /// <summary>Starts the server and recovers what its append-only file holds.</summary>
    /// <exception cref="StartupException">The folder can't be written or the port is taken.</exception>
    public EmbeddedRedis(IOptions<RedisOptions> options, ILogger<EmbeddedRedis> logger)
    {
        var settings = options.Value;
        var directory = Path.GetFullPath(settings.EmbeddedDirectory);
        Port = settings.EmbeddedPort == 0 ? FreePort() : settings.EmbeddedPort;
        try
        {
            EmbeddedRedisFiles.DiscardIfAsked(directory);
            Directory.CreateDirectory(directory);
            server = new GarnetServer(Arguments(settings, directory, Port));
            server.Start();
        }
        catch (Exception exception)
        {
            // Garnet reports a taken port, a locked folder and a refused setting by exceptions of no common type.
            throw new StartupException(
                $"the embedded Redis can't start on port {Port} with its files in {directory}: {exception.Message}. Set Redis:EmbeddedDirectory and Redis:EmbeddedPort, or Redis:ConnectionString for a Redis of your own.", exception);
        }

        Log.Started(logger, Port, directory);
    }

    /// <summary>Gets the loopback port that the server listens on.</summary>
    public int Port { get; }

    public void Dispose() => server.Dispose();

    private static string[] Arguments(RedisOptions settings, string directory, int port) =>
    [
        "--bind", "127.0.0.1",
        "--port", port.ToString(CultureInfo.InvariantCulture),
        "--memory", string.Create(CultureInfo.InvariantCulture, $"{settings.EmbeddedMemoryMebibytes}m"),
        "--page", "4m",
        "--index", "16m",
        "--aof",
        "--aof-memory", "64m",
        // Garnet demands at least two main-log pages.
        "--aof-page-size", "8m",
        // Checkpoint and cut the append-only file before it grows without end.
        "--aof-size-limit", "256m",
        "--recover",
        "--checkpointdir", directory,
        // The default device needs libaio, which many machines lack; without it Garnet aborts the process on its first write.
        "--device-type", "RandomAccess",
        "-q",
    ];

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Redis:ConnectionString is empty: embedded Redis on 127.0.0.1:{Port}, files in {Directory}")]
        public static partial void Started(ILogger logger, int port, string directory);
    }
}
