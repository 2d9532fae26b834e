using System.Diagnostics;
using System.Text;

namespace KpGrpc.Functional.Tests.Stack;

/// <summary>A program as a user runs it: its own process, its own environment, its output kept. Ended when disposed.</summary>
internal sealed class ProgramProcess : IAsyncDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(40);

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder error = new();

    private ProgramProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(error, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Gets what it wrote to standard output so far.</summary>
    public string Output => Snapshot(output);

    /// <summary>Gets what it wrote to standard error so far.</summary>
    public string Error => Snapshot(error);

    /// <summary>Gets a value indicating whether it has ended.</summary>
    public bool HasExited => process.HasExited;

    /// <summary>Starts a program.</summary>
    /// <param name="file">Executable, found on PATH.</param>
    /// <param name="arguments">Arguments, not quoted.</param>
    /// <param name="environment">Variables on top of this process's own.</param>
    public static ProgramProcess Start(string file, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Repository.Root,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{file} did not start");
        process.StandardInput.Close();
        return new ProgramProcess(process);
    }

    /// <summary>Runs a program to its end.</summary>
    /// <param name="limit">Longest time it may take.</param>
    /// <param name="file">Executable, found on PATH.</param>
    /// <param name="arguments">Arguments, not quoted.</param>
    /// <param name="environment">Variables on top of this process's own.</param>
    /// <returns>Exit code, standard output and standard error.</returns>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        TimeSpan limit, string file, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        await using var program = Start(file, arguments, environment);
        var exitCode = await program.ExitAsync(limit);
        return (exitCode, program.Output, program.Error);
    }

    /// <summary>Waits for the end.</summary>
    /// <param name="limit">Longest wait.</param>
    /// <exception cref="TimeoutException">It still runs; the message holds what it wrote.</exception>
    public async Task<int> ExitAsync(TimeSpan limit)
    {
        using var expiry = new CancellationTokenSource(limit);
        try
        {
            await process.WaitForExitAsync(expiry.Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)} still runs after {limit}; it wrote:\n{Output}\n{Error}");
        }
    }

    /// <summary>Sends SIGTERM and waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        await RunAsync(StopLimit, "kill", ["-TERM", $"{process.Id}"]);
        return await ExitAsync(StopLimit);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await ExitAsync(StopLimit);
        }

        process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.AppendLine(line);
            }
        }
    }

    private static string Snapshot(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
