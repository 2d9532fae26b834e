using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

using Xunit;

namespace KpGrpc.Testing;

/// <summary>A redis-server process of the test's own, without files. Skips the test where there is none.</summary>
public sealed class RealRedis : IAsyncDisposable
{
    private const string Program = "/usr/bin/redis-server";

    private readonly TemporaryDirectory folder = new();
    private readonly string[] settings;
    private Process? process;

    private RealRedis(string[] settings) => this.settings = settings;

    /// <summary>Gets the port on loopback; it stays the same over restarts.</summary>
    public int Port { get; } = FreePort();

    /// <summary>Gets a connection string that gives up soon.</summary>
    public string ConnectionString => $"127.0.0.1:{Port},connectTimeout=500,abortConnect=false,allowAdmin=true";

    /// <summary>Starts a server.</summary>
    /// <param name="settings">More arguments, such as <c>--maxmemory</c>; one that does not start with dashes and comes first is a file of the test's own.</param>
    public static async Task<RealRedis> StartAsync(params string[] settings)
    {
        Assert.SkipUnless(File.Exists(Program), $"{Program} is not installed (Debian: apt install redis-server)");
        var redis = new RealRedis(settings);
        await redis.StartAgainAsync();
        return redis;
    }

    /// <summary>Starts the server again on its port, empty.</summary>
    public async Task StartAgainAsync()
    {
        string[] all =
        [
            .. settings.TakeWhile(setting => !setting.StartsWith('-')),
            "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", folder.Path,
            "--save", "", "--appendonly", "no", "--daemonize", "no", "--logfile", Path.Combine(folder.Path, "redis.log"),
            .. settings.SkipWhile(setting => !setting.StartsWith('-')),
        ];
        process = Process.Start(new ProcessStartInfo(Program, all) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        await TimeLimit.UntilAsync(AnswersAsync, "the start of redis-server");
    }

    /// <summary>Kills the server; what it held is gone.</summary>
    public async Task KillAsync()
    {
        if (process is { HasExited: false })
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process?.Dispose();
        process = null;
    }

    /// <summary>Stops the process where it stands; connections stay open.</summary>
    public Task FreezeAsync() => SignalAsync("-STOP");

    /// <summary>Lets a frozen process go on.</summary>
    public Task ThawAsync() => SignalAsync("-CONT");

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        folder.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("/bin/kill", [signal, process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    private async Task<bool> AnswersAsync()
    {
        Assert.False(process!.HasExited, $"redis-server ended: {(process.HasExited ? await process.StandardError.ReadToEndAsync() + await process.StandardOutput.ReadToEndAsync() : string.Empty)}");
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, Port);
            await client.GetStream().WriteAsync("PING\r\n"u8.ToArray());
            var buffer = new byte[1];
            return await client.GetStream().ReadAsync(buffer) == 1 && buffer[0] == (byte)'+';
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
