namespace KpGrpc.Demo.Data;

/// <summary>Finds the input of the demo.</summary>
internal static class DataFolder
{
    /// <summary>Environment variable that names the folder with real data.</summary>
    public const string Variable = "KP_DATA_DIR";

    /// <summary>
    /// Reads the real data where they are: in <paramref name="configured"/> if it is set, else in
    /// <c>../shared/data</c> beside the repository. Otherwise the sample.
    /// </summary>
    /// <param name="configured">Value of <see cref="Variable"/>; null or empty where it is not set.</param>
    /// <param name="baseDirectory">Folder of the program; the repository is looked for above it.</param>
    /// <exception cref="DemoException">The data that were found cannot be used.</exception>
    public static DemoData Read(string? configured, string baseDirectory)
    {
        var named = !string.IsNullOrWhiteSpace(configured);
        var folder = named ? configured : BesideRepository(baseDirectory);
        if (folder is not null && MooccubexData.IsIn(folder))
        {
            return MooccubexData.Read(folder);
        }

        var sample = SampleData.Read(Path.Combine(baseDirectory, "Sample"));
        return named ? sample with { Notes = [$"{Variable} is {folder}, which lacks mooccubex/ or udemy/: this is the sample.", .. sample.Notes] } : sample;
    }

    /// <summary>The folder <c>../shared/data</c> of the repository that holds <paramref name="directory"/>; null outside of one.</summary>
    internal static string? BesideRepository(string directory)
    {
        for (var folder = new DirectoryInfo(directory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "KpGrpc.sln")) || Path.Exists(Path.Combine(folder.FullName, ".git")))
            {
                return folder.Parent is null ? null : Path.Combine(folder.Parent.FullName, "shared", "data");
            }
        }

        return null;
    }
}
