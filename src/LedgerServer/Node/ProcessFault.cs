using KpGrpc.ServiceDefaults.Hosting;

namespace KpGrpc.LedgerServer.Node;

/// <summary>
/// The end of a process that can no longer make commands durable: it says why, stops taking calls and stops. Going on
/// would mean to acknowledge what may be lost.
/// </summary>
internal sealed partial class ProcessFault(IHostApplicationLifetime lifetime, Readiness readiness, ILogger<ProcessFault> logger)
{
    private volatile Exception? cause;

    /// <summary>Gets a value indicating whether the process stops because of a fault: its exit code is then not zero.</summary>
    public bool HasFailed => cause is not null;

    /// <summary>Stops the process; the first cause is kept.</summary>
    public void Stop(Exception exception)
    {
        cause ??= exception;
        Log.Fatal(logger, exception);
        readiness.MarkNotReady("a ledger has stopped after a fault, which the log tells");
        lifetime.StopApplication();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Critical, "The ledger cannot commit any more and stops; nothing that was not durable was acknowledged")]
        public static partial void Fatal(ILogger logger, Exception exception);
    }
}
