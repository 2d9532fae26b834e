using System.Runtime.InteropServices;

namespace KpGrpc.LedgerServer.Execution.Transfers.Batches;

/// <summary>
/// Slots outside the collected heap, given back when the last user lets go. Segments grow all the time: on the heap the
/// arrays left behind wait for a full collection and, at millions of ids, take more memory than those in use. Starts
/// with one user; what no user let go is given back once nobody can reach it.
/// </summary>
internal sealed unsafe class SlotMemory
{
    private readonly TransferIdEntry* slots;
    private int users = 1;

    /// <summary>Takes memory for empty slots.</summary>
    /// <param name="length">Number of slots, above 0.</param>
    /// <exception cref="OutOfMemoryException">There is none.</exception>
    public SlotMemory(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        slots = (TransferIdEntry*)NativeMemory.AllocZeroed((nuint)length, (nuint)sizeof(TransferIdEntry));
        Length = length;
    }

    /// <summary>Gives back what no user let go.</summary>
    ~SlotMemory()
    {
        if (users > 0)
        {
            NativeMemory.Free(slots);
        }
    }

    /// <summary>Number of slots.</summary>
    public int Length { get; }

    /// <summary>The slots. Whoever holds them keeps this object reachable (<see cref="GC.KeepAlive"/>) until the last access.</summary>
    /// <exception cref="ObjectDisposedException">The last user has let go.</exception>
    public Span<TransferIdEntry> Slots
    {
        get
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref users) == 0, this);
            return new(slots, Length);
        }
    }

    /// <summary>Adds a user, on the thread of one that has not let go.</summary>
    public SlotMemory Share()
    {
        ObjectDisposedException.ThrowIf(Interlocked.Increment(ref users) == 1, this);
        return this;
    }

    /// <summary>Lets go, once a user and from any thread.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref users) == 0)
        {
            NativeMemory.Free(slots);
        }
    }
}
