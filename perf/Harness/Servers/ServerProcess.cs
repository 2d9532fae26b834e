using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using KpGrpc.Perf.Harness.Running;

namespace KpGrpc.Perf.Harness.Servers;

/// <summary>
/// A server as a process of its own. A shell between us and it waits on a pipe that only this process holds open,
/// so that the server ends with us, however we end. Who starts it disposes it.
/// </summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private const string Script =
        "exec 3<&0 2>/dev/null; \"$@\" </dev/null >\"$KP_LOG\" 2>&1 & p=$!; echo $p; "
        + "( read -r _ <&3; kill -TERM $p 2>/dev/null; i=0; while kill -0 $p 2>/dev/null && [ $i -lt 60 ]; do sleep 1; i=$((i+1)); done; kill -KILL $p 2>/dev/null ) & w=$!; "
        + "wait $p; c=$?; kill $w 2>/dev/null; exit $c";

    private const int PortMin = 20_000;
    private const int PortMax = 32_767;

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(90);
    private readonly Process shell;
    private readonly string executable;
    private readonly IReadOnlyList<string> settings;
    private readonly string logFile;
    private bool disposed;

    private ServerProcess(Process shell, int id, Uri address, Uri http, string executable, IReadOnlyList<string> settings, string logFile)
    {
        (this.shell, Id, Address, Http) = (shell, id, address, http);
        (this.executable, this.settings, this.logFile) = (executable, settings, logFile);
    }

    /// <summary>Id of the server's process.</summary>
    public int Id { get; }

    /// <summary>Where it answers gRPC.</summary>
    public Uri Address { get; }

    /// <summary>Where it answers HTTP/1.1: health, metrics, JSON.</summary>
    public Uri Http { get; }

    /// <summary>True once the process is gone.</summary>
    public bool HasExited => shell.HasExited;

    /// <summary>Resident memory of the server, in MiB.</summary>
    public double ResidentMib => StatusKib("VmRSS:") / 1024.0;

    /// <summary>Processor time that the server has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            using var process = Process.GetProcessById(Id);
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Runs a verb of the server to its end.</summary>
    /// <exception cref="LoadException">It failed.</exception>
    public static async Task RunVerbAsync(string executable, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(executable, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new LoadException($"{executable} failed: {await error}{await output}");
        }
    }

    /// <summary>Starts a server; it may not be ready yet.</summary>
    /// <param name="executable">Its executable.</param>
    /// <param name="settings">Its settings, without ports.</param>
    /// <param name="logFile">File for its output.</param>
    public static ServerProcess Start(string executable, IEnumerable<string> settings, string logFile) =>
        Start(executable, [.. settings], logFile, FreePort(), FreePort());

    /// <summary>Starts it again, over the same folders and on the same ports, after it has ended.</summary>
    public ServerProcess StartAgain() => Start(executable, settings, logFile, Address.Port, Http.Port);

    /// <summary>Sends a signal, such as <c>STOP</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("/bin/kill", [$"-{signal}", Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private static ServerProcess Start(string executable, IReadOnlyList<string> settings, string logFile, int grpc, int http)
    {
        string[] arguments = ["-c", Script, "kp-perf", executable, .. settings, $"--Hosting:GrpcPort={grpc}", $"--Hosting:HttpPort={http}", "--Logging:LogLevel:Default=Warning"];
        var start = new ProcessStartInfo("/bin/sh", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = Path.GetDirectoryName(executable) };
        start.Environment["KP_LOG"] = logFile;
        start.Environment["DOTNET_ENVIRONMENT"] = start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        var shell = Process.Start(start)!;
        var id = int.Parse(shell.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
        return new ServerProcess(shell, id, new Uri($"http://127.0.0.1:{grpc}"), new Uri($"http://127.0.0.1:{http}"), executable, settings, logFile);
    }

    /// <summary>Ends it as a power cut would (SIGKILL).</summary>
    public async Task KillAsync()
    {
        using (var process = Process.GetProcessById(Id))
        {
            process.Kill();
        }

        await shell.WaitForExitAsync().WaitAsync(StopLimit);
    }

    /// <summary>The last lines of its output.</summary>
    public string LastOutput() => File.Exists(logFile) ? string.Join(Environment.NewLine, File.ReadLines(logFile).TakeLast(15)) : "";

    /// <summary>Ends it (SIGTERM, after a minute SIGKILL) and waits until it is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        if (!shell.HasExited)
        {
            shell.StandardInput.Close();
            await shell.WaitForExitAsync().WaitAsync(StopLimit);
        }

        shell.Dispose();
    }

    // Below those that the system gives to outgoing connections: a client that dials such a port before the server listens
    // may be given that very port, and then the server cannot have it.
    public static int FreePort()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(PortMin, PortMax + 1);
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Another one, then: few of these are taken.
            }
        }
    }

    private long StatusKib(string name)
    {
        var line = File.ReadLines($"/proc/{Id}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);
    }
}
