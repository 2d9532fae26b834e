using System.Runtime.InteropServices;

namespace KpGrpc.InferenceServer.Registry.Serving;

/// <summary>Gives memory that an unloaded version has left free back to the system, where the allocators would keep it.</summary>
internal static partial class ReturnedMemory
{
    /// <summary>Has what is unreachable collected beside the requests, without stopping them, and trims glibc's heap.</summary>
    public static void Collect()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
        try
        {
            if (OperatingSystem.IsLinux())
            {
                _ = TrimHeap(0);
            }
        }
        catch (EntryPointNotFoundException)
        {
            // musl has no such function, and no such heap.
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int TrimHeap(nuint pad);
}
