using System.Runtime.InteropServices;

namespace KpGrpc.LedgerServer.Snapshots;

/// <summary>
/// Lets a thread give way to those that answer. .NET's thread priorities do nothing on Linux, where each thread has a nice
/// value of its own.
/// </summary>
internal static partial class BackgroundThread
{
    private const int Process = 0;
    private const uint CallingThread = 0;

    // A third of an ordinary thread's share of a busy core: a snapshot goes on under full load, but commits do not wait for it.
    private const int Nice = 5;

    /// <summary>Makes the calling thread one that gives way, until it ends.</summary>
    /// <returns>False where the system cannot or did not: the thread competes as others do.</returns>
    public static bool GiveWay() => OperatingSystem.IsLinux() && SetPriority(Process, CallingThread, Nice) == 0;

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int nice);
}
