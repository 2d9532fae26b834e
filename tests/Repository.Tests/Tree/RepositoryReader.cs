using System.Diagnostics;

namespace KpGrpc.Repository.Tests.Tree;

/// <summary>Reads the working tree: what git tracks or would add, or every file but build output where git is absent.</summary>
internal static class RepositoryReader
{
    private static readonly TimeSpan GitTimeout = TimeSpan.FromSeconds(30);

    private static readonly HashSet<string> UntrackedFolders =
        [".git", ".vs", ".idea", "artifacts", "bin", "data", "models", "node_modules", "obj", "TestResults"];

    /// <summary>The nearest folder above the test binary that holds global.json.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    public static RepositoryTree Read() => new(
        (ListByGit(Root) ?? ListByWalking(Root))
            .Select(path => (Path: path, File: new FileInfo(Path.Combine(Root, path))))
            .Where(entry => entry.File.Exists && entry.File.LinkTarget is null)
            .Select(entry => new RepositoryFile(entry.Path, File.ReadAllBytes(entry.File.FullName))));

    internal static IReadOnlyList<string>? ListByGit(string root)
    {
        var start = new ProcessStartInfo("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var git = Process.Start(start)!;
            var output = git.StandardOutput.ReadToEnd();
            return git.WaitForExit(GitTimeout) && git.ExitCode == 0
                ? [.. output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Distinct()]
                : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // git is not installed
        }
    }

    internal static IReadOnlyList<string> ListByWalking(string root)
    {
        var paths = new List<string>();
        var folders = new Stack<string>([root]);
        while (folders.TryPop(out var folder))
        {
            paths.AddRange(Directory.EnumerateFiles(folder).Select(path => Path.GetRelativePath(root, path).Replace('\\', '/')));
            foreach (var inner in Directory.EnumerateDirectories(folder).Where(inner => !UntrackedFolders.Contains(Path.GetFileName(inner))))
            {
                folders.Push(inner);
            }
        }

        // A worktree's .git is a file.
        paths.Remove(".git");
        return paths;
    }

    private static string FindRoot(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "global.json")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {start} holds global.json: run the tests from a checkout.");
    }
}
