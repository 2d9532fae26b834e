using System.Threading.Channels;

using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Snapshots;
using KpGrpc.LedgerServer.Log;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.LedgerServer.Telemetry;
using KpGrpc.ServiceDefaults.Hosting;

namespace KpGrpc.LedgerServer.Snapshots;

/// <summary>
/// Takes snapshots of a running ledger: references on the sequencer's thread between two commits, bytes and disk on a
/// thread of its own. One is due once the tail behind the last one holds <see cref="SnapshotLimits.TailBytesMin"/> and an
/// eighth of that snapshot's bytes, and four times as long has passed as writing it took: so snapshots write at most
/// eight times as much as commits do and take at most a fifth of a core, and a start replays seconds. A snapshot that
/// fails costs the next start time and nothing else.
/// </summary>
internal sealed partial class SnapshotKeeper
{
    private const int TailShare = 8;
    private const int Rest = 4;

    private readonly SnapshotFolder folder;
    private readonly StoreIdentity identity;
    private readonly SnapshotLimits limits;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly LedgerTelemetry? telemetry;
    private readonly Channel<(SnapshotHeader Header, StateImage Image)> queue =
        Channel.CreateBounded<(SnapshotHeader, StateImage)>(new BoundedChannelOptions(1) { SingleReader = true });

    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread thread;
    private long tailBytes;
    private long dueFrom = long.MinValue;
    private long newestBytes;
    private int started;
    private int writing;

    /// <param name="folder">Where to.</param>
    /// <param name="identity">The ledger.</param>
    /// <param name="limits">When.</param>
    /// <param name="tailBytes">Bytes that the start replayed behind the newest snapshot.</param>
    /// <param name="time">Measures the pause.</param>
    /// <param name="logger">Where snapshots are told of.</param>
    /// <param name="telemetry">Told how long snapshots took; null for nobody.</param>
    public SnapshotKeeper(
        SnapshotFolder folder, StoreIdentity identity, SnapshotLimits limits, long tailBytes, TimeProvider time, ILogger<SnapshotKeeper> logger,
        LedgerTelemetry? telemetry = null)
    {
        (this.folder, this.identity, this.limits, this.tailBytes, this.time, this.logger, this.telemetry) = (folder, identity, limits, tailBytes, time, logger, telemetry);
        newestBytes = folder.NewestFirst() is [var newest, ..] ? new FileInfo(newest).Length : 0;
        thread = new Thread(Run) { IsBackground = true, Name = "ledger-snapshots" };
    }

    /// <summary>Cleans up and begins to write what is taken.</summary>
    public void Start()
    {
        if (Interlocked.Exchange(ref started, 1) == 0)
        {
            thread.Start();
        }
    }

    /// <summary>Takes a snapshot where one is due. Called on the sequencer's thread after a commit is durable.</summary>
    /// <param name="state">The state; equal to what is durable.</param>
    /// <param name="log">The log at the same place.</param>
    /// <param name="committedBytes">Bytes of commands and receipts that the commit added.</param>
    public void AfterCommit(LedgerState state, LedgerLog log, long committedBytes)
    {
        tailBytes += committedBytes;
        if (tailBytes >= Math.Max(limits.TailBytesMin, Volatile.Read(ref newestBytes) / TailShare)
            && Volatile.Read(ref writing) == 0
            && time.GetTimestamp() >= Volatile.Read(ref dueFrom))
        {
            Take(state, log);
        }
    }

    /// <summary>Takes a last snapshot if that is worth it, and waits for it no longer than the limit.</summary>
    /// <param name="state">The state; null where it may differ from what is durable, so that none is taken.</param>
    /// <param name="log">The log at the same place.</param>
    public async ValueTask StopAsync(LedgerState? state, LedgerLog log)
    {
        if (state is not null && tailBytes >= limits.TailBytesMin)
        {
            Take(state, log);
        }

        if (!queue.Writer.TryComplete() || Interlocked.Exchange(ref started, 2) != 1)
        {
            return;
        }

        try
        {
            await ended.Task.WaitAsync(limits.StopTimeout, time);
        }
        catch (TimeoutException)
        {
            Log.GivenUp(logger, limits.StopTimeout.TotalSeconds);
        }
    }

    // While one is being written no other is due, so that one image is in memory, or two at the stop.
    private void Take(LedgerState state, LedgerLog log)
    {
        if (Volatile.Read(ref started) != 1 || queue.Reader.Count > 0)
        {
            return;
        }

        var begun = time.GetTimestamp();
        var image = StateImage.Capture(state);
        var pause = time.GetElapsedTime(begun);
        telemetry?.SnapshotTaken(pause);
        Volatile.Write(ref writing, 1);
        if (queue.Writer.TryWrite((new SnapshotHeader(identity, LedgerEngine.Version, log.Size, log.Root()), image)))
        {
            tailBytes = 0;
            Log.Taken(logger, log.Size, pause.TotalMilliseconds);
        }
    }

    private void Run()
    {
        try
        {
            if (!BackgroundThread.GiveWay())
            {
                Log.Competes(logger);
            }

            folder.DeleteUnfinished();
            while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                if (queue.Reader.TryRead(out var next))
                {
                    Write(next.Header, next.Image);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.Failed(logger, exception);
        }
        finally
        {
            ended.SetResult();
        }
    }

    private void Write(SnapshotHeader header, StateImage image)
    {
        try
        {
            var begun = time.GetTimestamp();
            var bytes = folder.Publish(header, image);
            Volatile.Write(ref newestBytes, bytes);
            var ended = time.GetTimestamp();
            Volatile.Write(ref dueFrom, ended + (Rest * (ended - begun)));
            var duration = time.GetElapsedTime(begun, ended);
            telemetry?.SnapshotPublished(duration);
            Log.Published(logger, header.Sequence, bytes, duration.TotalSeconds);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.Failed(logger, exception);
        }
        finally
        {
            Volatile.Write(ref writing, 0);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Took a snapshot at sequence {Sequence}; commits paused for {PauseMilliseconds} ms")]
        public static partial void Taken(ILogger logger, ulong sequence, double pauseMilliseconds);

        [LoggerMessage(2, LogLevel.Information, "Published the snapshot at sequence {Sequence}: {Bytes} bytes in {Seconds} s")]
        public static partial void Published(ILogger logger, ulong sequence, long bytes, double seconds);

        [LoggerMessage(3, LogLevel.Warning, "A snapshot could not be written; the next start replays more")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(4, LogLevel.Warning, "The snapshot of the stop took longer than {Seconds} s and was given up; the next start replays more")]
        public static partial void GivenUp(ILogger logger, double seconds);

        [LoggerMessage(5, LogLevel.Debug, "Snapshots are written at the priority of commits: the system has no other for a thread")]
        public static partial void Competes(ILogger logger);
    }
}
