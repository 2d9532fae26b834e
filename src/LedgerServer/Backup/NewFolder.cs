using KpGrpc.ServiceDefaults.Hosting;

namespace KpGrpc.LedgerServer.Backup;

/// <summary>
/// A folder that appears whole or not at all: it is filled under the name with <c>.unfinished</c> behind it, and renamed.
/// </summary>
internal sealed class NewFolder : IDisposable
{
    private readonly string target;

    /// <param name="path">The folder; must be missing or empty, its parent must exist.</param>
    /// <exception cref="StartupException">It holds something, or has no parent.</exception>
    public NewFolder(string path)
    {
        target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
        {
            throw new StartupException($"{target} is not empty; name a new folder");
        }

        if (!Directory.Exists(Path.GetDirectoryName(target)))
        {
            throw new StartupException($"{target} has no parent folder; create it or name another");
        }

        Unfinished = target + ".unfinished";
        Delete();
        Directory.CreateDirectory(Unfinished);
    }

    /// <summary>The folder to fill.</summary>
    public string Unfinished { get; }

    /// <summary>Gives the folder its name.</summary>
    public void Publish()
    {
        if (Directory.Exists(target))
        {
            Directory.Delete(target);
        }

        Directory.Move(Unfinished, target);
    }

    /// <summary>Deletes what was not published.</summary>
    public void Dispose() => Delete();

    private void Delete()
    {
        if (Directory.Exists(Unfinished))
        {
            Directory.Delete(Unfinished, recursive: true);
        }
    }
}
