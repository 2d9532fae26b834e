using System.Runtime.InteropServices;

namespace KpGrpc.InferenceServer.Registry;

/// <summary>
/// Makes the names in a folder durable. POSIX wants the folder synced beside the files, or a power cut may lose a rename;
/// .NET does not open folders.
/// </summary>
internal static partial class FolderSync
{
    private const int ReadOnlyDirectory = 0x10000; // O_RDONLY | O_DIRECTORY on Linux, x64 and, as 0x4000 there, arm64

    /// <summary>Waits until the folder is on disk; without effect outside Linux.</summary>
    /// <exception cref="IOException">The system refuses.</exception>
    public static void Wait(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var flags = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x4000 : ReadOnlyDirectory;
        var handle = Open(folder, flags);
        if (handle < 0)
        {
            throw new IOException($"{folder} cannot be opened to be synced: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        try
        {
            if (Sync(handle) != 0)
            {
                throw new IOException($"{folder} cannot be synced: {Marshal.GetLastPInvokeErrorMessage()}");
            }
        }
        finally
        {
            _ = Close(handle);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Sync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int handle);
}
