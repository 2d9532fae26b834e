namespace KpGrpc.LedgerServer.Ordering.Local;

/// <summary>What waits in the queue.</summary>
internal abstract class WorkItem
{
    /// <summary>Places that it takes in the queue.</summary>
    public abstract int Weight { get; }

    /// <summary>Payload bytes that it keeps in memory.</summary>
    public abstract long Bytes { get; }

    /// <summary>Tells the waiter that there will be no answer.</summary>
    public abstract void Fail(Exception exception);
}
