using System.Diagnostics;
using System.Text.RegularExpressions;

using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.Recovery;

/// <summary>The built LedgerServer as a process of its own, so that it can be killed.</summary>
internal sealed partial class LedgerProcess : IDisposable
{
    private readonly Process process;
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> lines = [];

    private LedgerProcess(IEnumerable<string> settings)
    {
        // The project reference copies the server beside the tests.
        var assembly = Path.Combine(AppContext.BaseDirectory, "KpGrpc.LedgerServer.dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(assembly);
        foreach (var setting in settings)
        {
            start.ArgumentList.Add(setting);
        }

        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, data) => Read(data.Data);
        process.ErrorDataReceived += (_, data) => Read(data.Data);
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"the server ended: {Output}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>All that the process has printed.</summary>
    public string Output
    {
        get
        {
            lock (lines)
            {
                return string.Join('\n', lines);
            }
        }
    }

    public int Id => process.Id;

    /// <summary>Starts over a network and returns when it listens.</summary>
    public static async Task<(LedgerProcess Process, Uri GrpcAddress)> StartAsync(LedgerFixture fixture, params string[] settings)
    {
        var process = Launch(fixture, settings);
        return (process, await process.listening.Task.WithinAsync("the server's start"));
    }

    /// <summary>Starts and does not wait.</summary>
    public static LedgerProcess Launch(LedgerFixture fixture, params string[] settings) =>
        new(["--Hosting:GrpcPort=0", "--Hosting:HttpPort=0", .. fixture.Settings.Concat(settings).Select(setting => $"--{setting}")]);

    /// <summary>Kill -9.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WithinAsync("the server's death");
    }

    /// <summary>Waits for an end of its own.</summary>
    public async Task<int> ExitAsync()
    {
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WithinAsync("the server's exit");
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (lines)
        {
            lines.Add(line);
        }

        if (Listening().Match(line) is { Success: true } match)
        {
            listening.TrySetResult(new Uri(match.Groups[1].Value));
        }
    }

    [GeneratedRegex(@"Listening on (http://[^, ]+)")]
    private static partial Regex Listening();
}
