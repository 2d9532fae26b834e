namespace KpGrpc.ServiceDefaults.Redis;

/// <summary>
/// The embedded server's files. Deleting a key leaves the commands that made it in the append-only file and in
/// checkpoints, and no command takes them out; for what must be gone from the disk the files themselves have to go.
/// </summary>
public static class EmbeddedRedisFiles
{
    /// <summary>Has the files deleted before the embedded server starts next. For whoever can make their content anew.</summary>
    /// <param name="directory"><c>Redis:EmbeddedDirectory</c>.</param>
    public static void DiscardAtNextStart(string directory) => File.WriteAllBytes(MarkerOf(directory), []);

    /// <summary>Deletes the files if that was asked for.</summary>
    internal static void DiscardIfAsked(string directory)
    {
        var marker = MarkerOf(directory);
        if (!File.Exists(marker))
        {
            return;
        }

        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }

        File.Delete(marker); // last: what is interrupted is done again
    }

    private static string MarkerOf(string directory) => $"{Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory))}.discard";
}
