using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

using KpGrpc.LedgerServer.Admission;
using KpGrpc.LedgerServer.Execution;

namespace KpGrpc.LedgerServer.Ordering.Local;

/// <summary>
/// The order of one process: group commit on one dedicated thread. A commit takes what waits in the queue and closes
/// when it holds <c>BatchCommandsMax</c> commands or the queue is empty; while it syncs, the next one fills. Questions
/// that were met on the way are answered after the sync, at most <c>ReadsPerCommitMax</c> before the next commit, so
/// that they cannot hold up commands.
/// </summary>
internal sealed class LocalOrderer : IOrderer, IAsyncDisposable
{
    private readonly CommitPipeline pipeline;
    private readonly LedgerState state;
    private readonly OrdererLimits limits;
    private readonly TimeProvider time;
    private readonly Action<Exception> onFault;
    private readonly Channel<WorkItem> queue;
    private readonly Thread thread;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<SubmittedGroup> groups = [];
    private readonly Queue<StateRead> reads = [];
    private int queued;
    private long queuedBytes;
    private int started;
    private volatile bool stopping;

    /// <summary>Creates the orderer; <see cref="Start"/> sets it going.</summary>
    /// <param name="pipeline">What a commit does.</param>
    /// <param name="state">State for questions.</param>
    /// <param name="limits">Bounds of queue and commit.</param>
    /// <param name="time">Clock of the order.</param>
    /// <param name="onFault">Called once, on the orderer's thread, when nothing more can be committed: it stops the process.</param>
    public LocalOrderer(CommitPipeline pipeline, LedgerState state, OrdererLimits limits, TimeProvider time, Action<Exception> onFault)
    {
        (this.pipeline, this.state, this.limits, this.time, this.onFault) = (pipeline, state, limits, time, onFault);
        queue = Channel.CreateBounded<WorkItem>(new BoundedChannelOptions(limits.QueueMax) { SingleReader = true });
        thread = new Thread(Run) { IsBackground = true, Name = "ledger-sequencer" };
    }

    /// <inheritdoc/>
    public string Name => "local";

    /// <inheritdoc/>
    public int QueuedCommands => Volatile.Read(ref queued);

    /// <inheritdoc/>
    public long QueuedBytes => Volatile.Read(ref queuedBytes);

    public void Start()
    {
        if (Interlocked.Exchange(ref started, 1) == 0)
        {
            thread.Start();
        }
    }

    /// <inheritdoc/>
    public bool TrySubmit(IReadOnlyList<AdmittedCommand> commands, [NotNullWhen(true)] out Task<CommittedGroup>? commit)
    {
        var group = new SubmittedGroup(commands);
        commit = group.Commit;
        return TryEnqueue(group);
    }

    /// <inheritdoc/>
    public bool TryRead<T>(Func<LedgerState, T> read, [NotNullWhen(true)] out Task<T>? answer)
    {
        var item = new StateReadOf<T>(read);
        answer = item.Answer;
        return TryEnqueue(item);
    }

    /// <summary>Takes nothing in any more, commits what waits, and returns when the thread has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        stopping = true;
        queue.Writer.TryComplete();
        if (Volatile.Read(ref started) == 1)
        {
            await ended.Task;
        }
    }

    private bool TryEnqueue(WorkItem item)
    {
        var places = Interlocked.Add(ref queued, item.Weight);
        var bytes = Interlocked.Add(ref queuedBytes, item.Bytes);
        if (places > limits.QueueMax || bytes > limits.QueueBytesMax || !queue.Writer.TryWrite(item))
        {
            Leave(item);
            if (!stopping)
            {
                return false;
            }

            item.Fail(Stopped(null));
        }

        return true;
    }

    private void Leave(WorkItem item)
    {
        Interlocked.Add(ref queued, -item.Weight);
        Interlocked.Add(ref queuedBytes, -item.Bytes);
    }

    private void Run()
    {
        try
        {
            while (reads.Count > 0 || queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                Take();
                CommitTaken();
            }
        }
        catch (Exception exception)
        {
            stopping = true;
            queue.Writer.TryComplete();
            onFault(exception);
            FailAll(exception);
        }
        finally
        {
            ended.SetResult();
        }
    }

    private void Take()
    {
        var commands = 0;
        while (commands < limits.BatchCommandsMax && queue.Reader.TryRead(out var item))
        {
            if (item is SubmittedGroup group)
            {
                groups.Add(group);
                commands += group.Commands.Count;
            }
            else
            {
                reads.Enqueue((StateRead)item);
            }
        }
    }

    private void CommitTaken()
    {
        if (groups.Count > 0)
        {
            var committed = pipeline.Commit([.. groups.Select(group => group.Commands)], UnixMicros.Of(time.GetUtcNow()));
            for (var i = 0; i < groups.Count; i++)
            {
                Leave(groups[i]);
                groups[i].Complete(committed[i]);
            }

            groups.Clear();
        }

        for (var answered = 0; answered < limits.ReadsPerCommitMax && reads.TryDequeue(out var read); answered++)
        {
            Leave(read);
            read.Run(state);
        }
    }

    private void FailAll(Exception cause)
    {
        var stopped = Stopped(cause);
        groups.ForEach(group => group.Fail(stopped));
        foreach (var read in reads)
        {
            read.Fail(stopped);
        }

        while (queue.Reader.TryRead(out var item))
        {
            item.Fail(stopped);
        }
    }

    private static OrderingStoppedException Stopped(Exception? cause) =>
        new(cause is null ? "the ledger is stopping" : "the ledger has stopped after a fault of its own", cause);
}
