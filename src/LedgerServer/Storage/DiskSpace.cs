namespace KpGrpc.LedgerServer.Storage;

/// <summary>How much room the disk of a folder has.</summary>
/// <param name="freeBytes">Asks the operating system, which answers within microseconds; a full disk in tests.</param>
internal sealed class DiskSpace(Func<string, long> freeBytes)
{
    /// <summary>The real disks.</summary>
    public static DiskSpace OfDrives { get; } = new(folder => new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace);

    /// <summary>Bytes that this process may still write where the folder is.</summary>
    public long FreeBytes(string folder) => freeBytes(folder);
}
