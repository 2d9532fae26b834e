using System.Diagnostics;
using System.Globalization;

namespace KpGrpc.Demo.Processes;

/// <summary>
/// Sends SIGTERM to a child when asked, and also when this process is gone in any way, SIGKILL included: a shell waits
/// on a pipe that only this process holds open, and its end is the signal. (A parent-death signal of the kernel would
/// not do: it is bound to the thread that forked, and .NET's pool ends threads.) On Windows there is no such signal.
/// </summary>
internal sealed class ParentWatch : IAsyncDisposable
{
    private const string Script =
        "trap '' INT TERM; read -r _; kill -TERM \"$1\" 2>/dev/null; i=0; "
        + "while kill -0 \"$1\" 2>/dev/null && [ $i -lt \"$2\" ]; do sleep 1; i=$((i+1)); done; kill -KILL \"$1\" 2>/dev/null";

    private readonly Process? shell;

    private ParentWatch(Process? shell) => this.shell = shell;

    /// <summary>Starts to watch.</summary>
    /// <param name="child">Id of the process to end.</param>
    /// <param name="grace">Time between SIGTERM and SIGKILL.</param>
    public static ParentWatch Start(int child, TimeSpan grace)
    {
        if (OperatingSystem.IsWindows())
        {
            return new ParentWatch(null);
        }

        string[] arguments =
        [
            "-c", Script, "kp-demo-watch",
            child.ToString(CultureInfo.InvariantCulture),
            ((int)Math.Ceiling(grace.TotalSeconds)).ToString(CultureInfo.InvariantCulture),
        ];
        return new ParentWatch(Process.Start(new ProcessStartInfo("/bin/sh", arguments) { RedirectStandardInput = true }));
    }

    /// <summary>Asks the child to end.</summary>
    public void Terminate(Process child)
    {
        if (shell is null)
        {
            child.Kill();
            return;
        }

        shell.StandardInput.Close();
    }

    /// <summary>Stops watching; the child must be gone.</summary>
    public async ValueTask DisposeAsync()
    {
        if (shell is not null)
        {
            // The child's id may soon be another process's: nothing may be sent to it any more.
            shell.Kill();
            await shell.WaitForExitAsync();
            shell.Dispose();
        }
    }
}
