namespace KpGrpc.Functional.Tests.Stack;

/// <summary>The checkout that these tests were built from, and what its build left.</summary>
internal static class Repository
{
    /// <summary>Gets the root folder: the one with the solution file.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Path of a built program, in the same configuration as this test.</summary>
    /// <param name="project">Project name, such as <c>KpGrpc.Gateway</c>.</param>
    public static string Program(string project)
    {
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return Path.Combine(Root, "artifacts", "bin", project, configuration, $"{project}.dll");
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "KpGrpc.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"no KpGrpc.sln above {AppContext.BaseDirectory}");
    }
}
