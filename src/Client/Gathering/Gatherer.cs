using System.Buffers;

namespace KpGrpc.Client.Gathering;

/// <summary>
/// Gathers what concurrent callers add into few sends. There is no timer: what is added while nothing is under way is
/// sent at once; what is added meanwhile is gathered, and goes when a send ends, or beside the running ones as soon as
/// <see cref="GatherBounds.BesideMin"/> items wait. Order is kept within one send, not between sends. Thread-safe.
/// </summary>
/// <param name="bounds">What may wait and what may be under way.</param>
/// <param name="send">Sends items and settles each of them. Must not throw.</param>
internal sealed class Gatherer<TItem>(GatherBounds bounds, Func<ReadOnlyMemory<TItem>, Task> send) : IThreadPoolWorkItem, IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly Queue<TItem> queue = new();
    private int running;
    private bool starting;
    private bool closed;
    private TaskCompletionSource? space;
    private TaskCompletionSource? drained;

    /// <summary>Adds an item, which will be sent.</summary>
    /// <returns>False where the queue is full: wait with <see cref="WaitForSpaceAsync"/> and add again.</returns>
    /// <exception cref="ObjectDisposedException">The gatherer was disposed; the item will not be sent.</exception>
    public bool TryAdd(TItem item)
    {
        bool start;
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(closed, this);
            if (queue.Count >= bounds.QueueMax)
            {
                return false;
            }

            queue.Enqueue(item);
            start = ReserveStart();
        }

        if (start)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        return true;
    }

    /// <summary>Ends when there may be a place again, or the gatherer is disposed.</summary>
    /// <param name="cancellationToken">Ends the waiting by an <see cref="OperationCanceledException"/>.</param>
    public Task WaitForSpaceAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (closed || queue.Count < bounds.QueueMax)
            {
                return Task.CompletedTask;
            }

            space ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return space.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Takes nothing in any more, sends what waits, and returns when the last send has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        Task end;
        lock (gate)
        {
            closed = true;
            space?.TrySetResult();
            drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (running == 0)
            {
                drained.TrySetResult();
            }

            end = drained.Task;
        }

        await end.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute() => _ = RunAsync();

    // Under the gate. One start at a time: it takes all that was added until it runs.
    private bool ReserveStart()
    {
        if (starting || running >= bounds.SendsMax || (running > 0 && queue.Count < bounds.BesideMin))
        {
            return false;
        }

        running++;
        return starting = true;
    }

    private async Task RunAsync()
    {
        var started = true;
        while (Take(ref started) is { Count: > 0 } taken)
        {
            await send(taken).ConfigureAwait(false);
            ArrayPool<TItem>.Shared.Return(taken.Array!, clearArray: true);
        }
    }

    private ArraySegment<TItem>? Take(ref bool started)
    {
        lock (gate)
        {
            starting &= !started;
            started = false;
            var count = Math.Min(queue.Count, bounds.TakeMax);
            if (count == 0)
            {
                running--;
                if (closed && running == 0)
                {
                    drained?.TrySetResult();
                }

                return null;
            }

            var items = ArrayPool<TItem>.Shared.Rent(count);
            for (var i = 0; i < count; i++)
            {
                items[i] = queue.Dequeue();
            }

            space?.TrySetResult();
            space = null;
            if (ReserveStart())
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }

            return new ArraySegment<TItem>(items, 0, count);
        }
    }
}
