using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Ordering;
using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.Ordering;

public sealed class InvariantCheckTests
{
    [Fact]
    public async Task Commit_MoneyFromNowhere_IsNotWrittenAndStopsTheLedger()
    {
        var writes = 0;
        await using var fixture = new NodeFixture(commit =>
        {
            writes++;
            commit();
        });
        fixture.Node.Start();
        await fixture.SubmitAsync(fixture.AdmitAccount("a"));
        Assert.True(fixture.Node.InvariantsHold);
        Assert.True(fixture.Node.Orderer.TryRead(PostOneSide, out var posted));
        await posted.WithinAsync("the one-sided posting");

        Assert.True(fixture.Node.Orderer.TrySubmit([fixture.AdmitAccount("b")], out var commit));

        await Assert.ThrowsAsync<OrderingStoppedException>(() => commit.WithinAsync("the failure"));
        Assert.Contains("trial balance of EUR", Assert.IsType<InvariantBrokenException>(await fixture.Fault.WithinAsync("the fault")).Message);
        Assert.False(fixture.Node.InvariantsHold);
        Assert.Equal(1, writes);
        Assert.Equal(1UL, fixture.Node.Head.Size);
    }

    private static bool PostOneSide(LedgerState state)
    {
        state.Accounts.Post(
            new Posting("a", Direction.Credit, new Money(1, "EUR", 2), PostingState.Posted, PostingReason.Transfer), 0, PostingSource.None);
        return true;
    }
}
