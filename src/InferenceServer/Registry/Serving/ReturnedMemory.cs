using System.Runtime.InteropServices;

namespace KpGrpc.InferenceServer.Registry.Serving;

/// <summary>Gives memory that an unloaded version has left free back to the system, where the allocators would keep it.</summary>
internal static partial class ReturnedMemory
{
    /// <summary>Collects what is unreachable and trims glibc's heap. Takes tens of milliseconds.</summary>
    public static void Collect()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers(); // tensors that only a finalizer frees
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
