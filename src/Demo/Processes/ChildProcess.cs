using System.Diagnostics;

namespace KpGrpc.Demo.Processes;

/// <summary>
/// A process of ours whose output goes to a log file. Disposing it ends it: SIGTERM first, SIGKILL after a grace. It
/// also gets SIGTERM when this process dies, see <see cref="ParentWatch"/>. Who starts it disposes it.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    /// <summary>Lines of output that are kept for error messages.</summary>
    public const int LinesKept = 20;

    private static readonly TimeSpan PumpLimit = TimeSpan.FromSeconds(5);

    private readonly Process process;
    private readonly ParentWatch watch;
    private readonly StreamWriter log;
    private readonly LastLines lines = new(LinesKept);
    private readonly Task pumps;
    private readonly TimeSpan grace;
    private bool disposed;

    private ChildProcess(string name, Process process, string logFile, TimeSpan grace)
    {
        (Name, LogFile, this.process, this.grace) = (name, logFile, process, grace);
        log = new StreamWriter(new FileStream(logFile, FileMode.Create, FileAccess.Write, FileShare.Read)) { AutoFlush = true };
        watch = ParentWatch.Start(process.Id, grace);
        pumps = Task.WhenAll(PumpAsync(process.StandardOutput), PumpAsync(process.StandardError));
        Exited = WaitAsync();
    }

    /// <summary>Name for people.</summary>
    public string Name { get; }

    /// <summary>File with everything that it wrote.</summary>
    public string LogFile { get; }

    /// <summary>Completes with the exit code when the process has ended.</summary>
    public Task<int> Exited { get; }

    /// <summary>The last lines of its output.</summary>
    public IReadOnlyList<string> LastLines => lines.Snapshot();

    /// <summary>Operating system's id of the process.</summary>
    public int Id => process.Id;

    /// <summary>Starts a process.</summary>
    /// <param name="name">Name for people.</param>
    /// <param name="executable">Path of the executable.</param>
    /// <param name="arguments">Arguments, not quoted.</param>
    /// <param name="logFile">File for its output; an older one is replaced.</param>
    /// <param name="grace">Time between SIGTERM and SIGKILL.</param>
    /// <exception cref="DemoException">It cannot be started.</exception>
    public static ChildProcess Start(string name, string executable, IEnumerable<string> arguments, string logFile, TimeSpan grace)
    {
        var start = new ProcessStartInfo(executable, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetDirectoryName(Path.GetFullPath(executable)),
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        start.Environment["NO_COLOR"] = "1";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(logFile))!);
            var process = Process.Start(start) ?? throw new DemoException($"{name} cannot be started: {executable}");
            process.StandardInput.Close();
            return new ChildProcess(name, process, logFile, grace);
        }
        catch (Exception failure) when (failure is System.ComponentModel.Win32Exception or IOException or UnauthorizedAccessException)
        {
            throw new DemoException($"{name} cannot be started from {executable}: {failure.Message}", failure);
        }
    }

    /// <summary>Says in one message that the process ended, with the last lines of its output.</summary>
    /// <param name="exitCode">Its exit code.</param>
    public string Obituary(int exitCode)
    {
        var last = LastLines;
        return $"the {Name} ended with exit code {exitCode}; its whole output is in {LogFile}"
            + (last.Count == 0 ? "" : $". Its last lines:{Environment.NewLine}  | {string.Join($"{Environment.NewLine}  | ", last)}");
    }

    /// <summary>Ends the process and waits until it is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        if (!process.HasExited)
        {
            watch.Terminate(process);
            try
            {
                await Exited.WaitAsync(grace);
            }
            catch (TimeoutException)
            {
                process.Kill(entireProcessTree: true);
                await Exited.WaitAsync(grace);
            }
        }

        await watch.DisposeAsync();
        await log.DisposeAsync();
        process.Dispose();
    }

    private async Task<int> WaitAsync()
    {
        await process.WaitForExitAsync();
        // A grandchild that holds the pipes open must not keep us waiting.
        await pumps.WaitAsync(PumpLimit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return process.ExitCode;
    }

    private async Task PumpAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            lock (log)
            {
                log.WriteLine(line);
            }
        }
    }
}
