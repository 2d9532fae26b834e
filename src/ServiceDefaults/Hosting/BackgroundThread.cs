using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace KpGrpc.ServiceDefaults.Hosting;

/// <summary>
/// Long computations on threads that give way to those that answer: on the pool they would keep its few threads from
/// answers that are ready. .NET's thread priorities do nothing on Linux, where each thread has a nice value of its own.
/// </summary>
public static partial class BackgroundThread
{
    private const int Process = 0;
    private const uint CallingThread = 0;

    // A third of an ordinary thread's share of a busy core: the work goes on under full load, but answers do not wait for it.
    private const int Nice = 5;

    /// <summary>Makes the calling thread one that gives way, until it ends.</summary>
    /// <remarks>A thread that it starts, or has the pool start, gives way too: it should start none.</remarks>
    /// <returns>False where the system cannot or did not: the thread competes as others do.</returns>
    public static bool GiveWay() => OperatingSystem.IsLinux() && SetPriority(Process, CallingThread, Nice) == 0;

    /// <summary>Does work on a thread of its own that gives way.</summary>
    /// <param name="name">The thread's name.</param>
    /// <param name="work">Starts no threads; ends by itself where it is no longer wanted.</param>
    /// <returns>The end of the work, with what it threw.</returns>
    public static Task RunAsync(string name, Action work) => RunAsync(name, () =>
    {
        work();
        return true;
    });

    /// <inheritdoc cref="RunAsync(string, Action)" />
    /// <typeparam name="T">What the work gives.</typeparam>
    public static Task<T> RunAsync<T>(string name, Func<T> work)
    {
        // The one who waits for the thread ends the task: the thread itself would start the pool's next thread at its own priority.
        return Task.Factory.StartNew(() => Run(name, work), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private static T Run<T>(string name, Func<T> work)
    {
        var result = default(T);
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            GiveWay();
            try
            {
                result = work();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        })
        { Name = name, IsBackground = true };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, uint who, int nice);
}
