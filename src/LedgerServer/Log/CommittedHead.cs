using KpGrpc.LedgerServer.Storage;

namespace KpGrpc.LedgerServer.Log;

/// <summary>
/// The newest durable checkpoint, as readers see it, and a way to wait for a larger one. Published by the sequencer's
/// thread after each synced write; read from any thread.
/// </summary>
internal sealed class CommittedHead(StoredCheckpoint first)
{
    private readonly Lock gate = new();
    private StoredCheckpoint newest = first;
    private TaskCompletionSource grown = NewSignal();

    public StoredCheckpoint Newest => Volatile.Read(ref newest);

    /// <summary>Number of durable entries.</summary>
    public ulong Size => Newest.Size;

    public void Publish(StoredCheckpoint checkpoint)
    {
        TaskCompletionSource signal;
        lock (gate)
        {
            Volatile.Write(ref newest, checkpoint);
            signal = grown;
            grown = NewSignal();
        }

        signal.SetResult();
    }

    /// <summary>Returns once there are more than <paramref name="size"/> durable entries.</summary>
    public async Task WaitBeyondAsync(ulong size, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (newest.Size > size)
                {
                    return;
                }

                next = grown.Task;
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
