using System.Runtime.InteropServices;

namespace KpGrpc.LedgerServer.Execution.Transfers.Batches;

/// <summary>
/// Slots outside the collected heap, given back when the last user lets go. Segments grow all the time: on the heap the
/// arrays left behind wait for a full collection and, at millions of ids, take more memory than those in use. The slots
/// stand in blocks of one size, so that what one segment gives back the next one takes: a fresh page costs the system ten
/// times as much as filling it. Starts with one user; what no user let go is given back once nobody can reach it.
/// </summary>
internal sealed unsafe class SlotMemory
{
    /// <summary>Slots of a block; the last block has the rest.</summary>
    public const int BlockSlots = 1 << BlockBits;

    private const int BlockBits = 10;

    private TransferIdEntry*[] blocks = [];
    private int users = 1;

    /// <summary>Takes memory for empty slots.</summary>
    /// <param name="length">Number of slots, above 0.</param>
    /// <exception cref="OutOfMemoryException">There is none.</exception>
    public SlotMemory(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        Length = length;
        blocks = new TransferIdEntry*[((length - 1) >> BlockBits) + 1];
        for (var i = 0; i < blocks.Length; i++)
        {
            // Cleared by writing: a page that is read first costs two faults.
            blocks[i] = (TransferIdEntry*)NativeMemory.Alloc((nuint)SlotsOf(i), (nuint)sizeof(TransferIdEntry));
            Block(i).Clear();
        }
    }

    /// <summary>Gives back what no user let go.</summary>
    ~SlotMemory() => Free();

    /// <summary>Number of slots.</summary>
    public int Length { get; }

    /// <summary>Number of blocks.</summary>
    public int Blocks => blocks.Length;

    /// <summary>A slot. Whoever holds it keeps this object reachable (<see cref="GC.KeepAlive"/>) until the last access.</summary>
    /// <param name="at">Its place, from 0.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such block, or the last user has let go.</exception>
    public ref TransferIdEntry this[int at] => ref blocks[at >> BlockBits][at & (BlockSlots - 1)];

    /// <summary>The slots of a block. Whoever holds them keeps this object reachable until the last access.</summary>
    /// <param name="index">The block, from 0.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such block, or the last user has let go.</exception>
    public Span<TransferIdEntry> Block(int index) => new(blocks[index], SlotsOf(index));

    /// <summary>Adds a user, on the thread of one that has not let go.</summary>
    /// <exception cref="ObjectDisposedException">The last user has let go.</exception>
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
            Free();
        }
    }

    private int SlotsOf(int index) => Math.Min(BlockSlots, Length - (index << BlockBits));

    // Blocks that the constructor did not come to are null, which frees nothing.
    private void Free()
    {
        var freed = blocks;
        blocks = [];
        foreach (var block in freed)
        {
            NativeMemory.Free(block);
        }
    }
}
