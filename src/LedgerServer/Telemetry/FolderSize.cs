namespace KpGrpc.LedgerServer.Telemetry;

/// <summary>How much a folder takes.</summary>
internal static class FolderSize
{
    /// <summary>Bytes of all files below a folder; a file that goes away meanwhile counts nothing.</summary>
    public static long Of(string folder)
    {
        long bytes = 0;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }))
        {
            try
            {
                bytes += file.Length;
            }
            catch (FileNotFoundException)
            {
                // The database deletes files while we look.
            }
        }

        return bytes;
    }
}
