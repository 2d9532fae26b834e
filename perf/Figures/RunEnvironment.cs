using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace KpGrpc.Perf.Figures;

/// <summary>Where a measurement ran: the machine and the state of the source tree.</summary>
/// <param name="Machine">CPU model and number of logical cores, such as <c>AMD EPYC 7B13 (2 cores)</c>.</param>
/// <param name="Commit">
/// Short hash of HEAD, with <c>-dirty</c> where tracked files differ from it; null outside a Git working tree.
/// </param>
public sealed record RunEnvironment(string Machine, string? Commit)
{
    private static readonly TimeSpan GitTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Reads the machine this process runs on and the Git working tree that holds <paramref name="folder"/>.</summary>
    /// <param name="folder">Any folder of the working tree, usually the current one.</param>
    public static RunEnvironment Detect(string folder) => new(DetectMachine(), DetectCommit(folder));

    private static string DetectMachine() => $"{DetectCpuModel()} ({Environment.ProcessorCount} cores)";

    private static string DetectCpuModel()
    {
        const string linuxCpuInfo = "/proc/cpuinfo";
        string? model = null;
        if (File.Exists(linuxCpuInfo))
        {
            model = File.ReadLines(linuxCpuInfo)
                .Where(line => line.StartsWith("model name", StringComparison.Ordinal))
                .Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim())
                .FirstOrDefault();
        }

        model ??= Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return string.IsNullOrEmpty(model) ? RuntimeInformation.ProcessArchitecture.ToString() : model;
    }

    private static string? DetectCommit(string folder)
    {
        var hash = RunGit(folder, "rev-parse", "--short", "HEAD");
        if (string.IsNullOrEmpty(hash))
        {
            return null;
        }

        var changes = RunGit(folder, "status", "--porcelain", "--untracked-files=no");
        return string.IsNullOrEmpty(changes) ? hash : $"{hash}-dirty";
    }

    private static string? RunGit(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var git = Process.Start(start);
            if (git is null)
            {
                return null;
            }

            git.ErrorDataReceived += static (_, _) => { };
            git.BeginErrorReadLine();
            var output = git.StandardOutput.ReadToEnd().Trim();
            return git.WaitForExit(GitTimeout) && git.ExitCode == 0 ? output : null;
        }
        catch (Win32Exception)
        {
            // Git is not installed: the figure is still worth having, without its commit.
            return null;
        }
    }
}
