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

        Assert.All(memory.Slots.ToArray(), slot => Assert.True(slot.IsEmpty));
        memory.Release();
    }

    [Fact]
    public void Slots_OneOfTwoUsersHasLetGo_StillHoldWhatWasWritten()
    {
        var memory = new SlotMemory(10);
        memory.Slots[9] = Entry;
        var shared = memory.Share();

        memory.Release();

        Assert.Equal(Entry, shared.Slots[9]);
        shared.Release();
    }

    [Fact]
    public void Slots_AllHaveLetGo_Throws()
    {
        var memory = new SlotMemory(10);
        memory.Share().Release();
        memory.Release();

        Assert.Throws<ObjectDisposedException>(() => memory.Slots.Length);
    }

    [Fact]
    public void Constructor_NoSlots_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SlotMemory(0));
}
