using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Transfers.Batches;

namespace KpGrpc.LedgerServer.Tests.Execution.Transfers.Batches;

public sealed class SlotMemoryTests
{
    private static readonly TransferIdEntry Entry = TransferIdEntry.Of(3, 4, 5, RejectionReason.None, 6);

    [Fact]
    public void Slots_New_AreEmpty()
    {
        var memory = new SlotMemory(1000);

        Assert.All(Enumerable.Range(0, 1000), at => Assert.True(memory[at].IsEmpty));
        memory.Release();
    }

    [Fact]
    public void Slots_OneOfTwoUsersHasLetGo_StillHoldWhatWasWritten()
    {
        var memory = new SlotMemory(10);
        memory[9] = Entry;
        var shared = memory.Share();

        memory.Release();

        Assert.Equal(Entry, shared[9]);
        shared.Release();
    }

    [Fact]
    public void Slots_AllHaveLetGo_Throws()
    {
        var memory = new SlotMemory(10);
        memory.Share().Release();
        memory.Release();

        Assert.Throws<IndexOutOfRangeException>(() => memory[0].IsEmpty);
        Assert.Throws<IndexOutOfRangeException>(() => memory.Block(0).Length);
        Assert.Throws<ObjectDisposedException>(() => memory.Share());
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(SlotMemory.BlockSlots, 1, SlotMemory.BlockSlots)]
    [InlineData(SlotMemory.BlockSlots + 1, 2, 1)]
    [InlineData((3 * SlotMemory.BlockSlots) - 1, 3, SlotMemory.BlockSlots - 1)]
    public void Block_EachOfThem_HasTheSlotsInTheirOrder(int length, int blocks, int last)
    {
        var memory = new SlotMemory(length);
        for (var at = 0; at < length; at++)
        {
            Assert.True(memory[at].IsEmpty);
            memory[at] = TransferIdEntry.Of(1, (UInt128)at, 2, RejectionReason.None, 3);
        }

        Assert.Equal((length, blocks, last), (memory.Length, memory.Blocks, memory.Block(blocks - 1).Length));
        var low = Enumerable.Range(0, blocks).SelectMany(block => memory.Block(block).ToArray()).Select(slot => slot.Low);
        Assert.Equal(Enumerable.Range(0, length).Select(at => (ulong)at), low);
        memory.Release();
    }

    [Fact]
    public void Constructor_NoSlots_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SlotMemory(0));
}
