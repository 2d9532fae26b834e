using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

namespace KpGrpc.LedgerServer.Snapshots;

/// <summary>Turns the system's file cache off and on for an open file (<c>O_DIRECT</c>).</summary>
internal static partial class DirectIo
{
    /// <summary>What the system asks of addresses, lengths and offsets, in bytes: a page does for every disk.</summary>
    public const int Alignment = 4096;

    private const int SetStatusFlags = 4;

    // The flag's number differs by processor; elsewhere there is none.
    private static int? Flag => !OperatingSystem.IsLinux() ? null : RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 0x4000,
        Architecture.Arm64 => 0x10000,
        _ => null,
    };

    /// <summary>Goes past the cache from here on.</summary>
    /// <returns>False where the system or the file system cannot.</returns>
    public static bool TurnOn(SafeFileHandle file) => Flag is { } flag && SetFlags(file, SetStatusFlags, flag) == 0;

    /// <summary>Goes through the cache from here on.</summary>
    public static void TurnOff(SafeFileHandle file) => _ = SetFlags(file, SetStatusFlags, 0);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int SetFlags(SafeFileHandle file, int command, int flags);
}
