using KpGrpc.LedgerServer.Admission;
using KpGrpc.LedgerServer.Ordering;
using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.Ordering.Local;

public sealed class LocalOrdererTests
{
    [Fact]
    public async Task TrySubmit_WhileACommitSyncs_FillsTheNextOneAndSyncsOnceForAll()
    {
        using var release = new SemaphoreSlim(0);
        using var syncing = new SemaphoreSlim(0);
        var writes = 0;
        await using var fixture = new NodeFixture(commit =>
        {
            writes++;
            syncing.Release();
            Assert.True(release.Wait(TimeLimit.Default));
            commit();
        });
        fixture.Node.Start();

        var first = fixture.SubmitAsync(fixture.AdmitAccount("a-0"));
        Assert.True(await syncing.WaitAsync(TimeLimit.Default, TestContext.Current.CancellationToken));
        var rest = Enumerable.Range(1, 5).Select(i => fixture.SubmitAsync(fixture.AdmitAccount($"a-{i}"))).ToArray();
        Assert.False(first.IsCompleted, "acknowledged before it was durable");
        release.Release(2);
        await first;
        var groups = await Task.WhenAll(rest);

        Assert.Equal(2, writes);
        Assert.Equal([1UL, 2UL, 3UL, 4UL, 5UL], groups.Select(group => Assert.IsType<Committed>(group.Outcomes[0]).Sequence));
        Assert.All(groups, group => Assert.Equal(6UL, group.Checkpoint.Size));
    }

    [Fact]
    public async Task TrySubmit_FullQueue_RefusesAndTakesInAgainAfterwards()
    {
        await using var fixture = new NodeFixture(queueMax: 16);
        var commands = Enumerable.Range(0, 16).Select(i => fixture.AdmitAccount($"a-{i}")).ToArray();

        Assert.True(fixture.Node.Orderer.TrySubmit(commands, out var commit));
        Assert.False(fixture.Node.Orderer.TrySubmit([fixture.AdmitAccount("b")], out _));
        Assert.False(fixture.Node.Orderer.TryRead(state => state.NextSequence, out _));
        Assert.Equal(16, fixture.Node.Orderer.QueuedCommands);
        fixture.Node.Start();
        await commit.WithinAsync("the commit");

        await fixture.SubmitAsync(fixture.AdmitAccount("b"));
        Assert.Equal(0, fixture.Node.Orderer.QueuedCommands);
    }

    [Fact]
    public async Task TrySubmit_QueueFullOfBytes_RefusesAndTakesInAgainAfterwards()
    {
        await using var fixture = new NodeFixture(queueBytesMax: 500);
        AdmittedCommand[] commands = [fixture.AdmitAccount("a-0"), fixture.AdmitAccount("a-1")];
        Assert.InRange(commands.Sum(command => command.Payload.Length), 251, 500);

        Assert.True(fixture.Node.Orderer.TrySubmit(commands, out var commit));
        Assert.False(fixture.Node.Orderer.TrySubmit(commands, out _));
        Assert.Equal(2, fixture.Node.Orderer.QueuedCommands);
        fixture.Node.Start();
        await commit.WithinAsync("the commit");

        await fixture.SubmitAsync(fixture.AdmitAccount("b-0"), fixture.AdmitAccount("b-1"));
    }

    [Fact]
    public async Task TryRead_MoreQuestionsThanBetweenTwoCommits_DoNotHoldUpACommandBehindThem()
    {
        await using var fixture = new NodeFixture(readsPerCommitMax: 1);
        var reads = new List<Task<ulong>>();
        for (var i = 0; i < 8; i++)
        {
            Assert.True(fixture.Node.Orderer.TryRead(state => state.NextSequence, out var read));
            reads.Add(read);
        }

        Assert.True(fixture.Node.Orderer.TrySubmit([fixture.AdmitAccount("a")], out _));
        fixture.Node.Start();

        Assert.All(await Task.WhenAll(reads).WithinAsync("the answers"), next => Assert.Equal(1UL, next));
        Assert.Equal(0, fixture.Node.Orderer.QueuedCommands);
    }

    [Fact]
    public async Task TrySubmit_SameCommandTwiceInOneCommit_GivesOneReceiptTwice()
    {
        await using var fixture = new NodeFixture();
        var command = fixture.AdmitAccount("a");
        Assert.True(fixture.Node.Orderer.TrySubmit([command, command], out var commit));
        fixture.Node.Start();

        var outcomes = (await commit.WithinAsync("the commit")).Outcomes.Cast<Committed>().ToArray();

        Assert.Equal([false, true], outcomes.Select(outcome => outcome.Replayed));
        Assert.Equal(outcomes[0].Leaf, outcomes[1].Leaf);
        Assert.Equal(1UL, fixture.Node.Head.Size);
    }

    [Fact]
    public async Task TrySubmit_DiskThatFails_AcknowledgesNothingAndReportsTheFault()
    {
        await using var fixture = new NodeFixture(_ => throw new IOException("no space left on device"));
        var command = fixture.AdmitAccount("a");
        var later = fixture.AdmitAccount("b");
        Assert.True(fixture.Node.Orderer.TrySubmit([command], out var commit));
        Assert.True(fixture.Node.Orderer.TryRead(state => state.NextSequence, out var read));
        fixture.Node.Start();

        var stopped = await Assert.ThrowsAsync<OrderingStoppedException>(() => commit.WithinAsync("the commit"));
        Assert.IsType<IOException>(stopped.InnerException);
        Assert.Equal("the ledger has stopped after a fault of its own", stopped.Message);
        await Assert.ThrowsAsync<OrderingStoppedException>(() => read.WithinAsync("the answer"));
        Assert.IsType<IOException>(await fixture.Fault.WithinAsync("the report"));
        Assert.Equal(0UL, fixture.Node.Head.Size);
        Assert.Null(fixture.Node.Store.ReadLeaf(0));
        Assert.True(fixture.Node.Orderer.TrySubmit([later], out var refused));
        await Assert.ThrowsAsync<OrderingStoppedException>(() => refused.WithinAsync("the refusal"));
    }

    [Fact]
    public async Task TryRead_WhileACommitSyncs_SeesItOnlyOnceDurable()
    {
        using var release = new SemaphoreSlim(0);
        await using var fixture = new NodeFixture(commit =>
        {
            Assert.True(release.Wait(TimeLimit.Default));
            commit();
        });
        Assert.True(fixture.Node.Orderer.TryRead(state => state.NextSequence, out var read));
        Assert.True(fixture.Node.Orderer.TrySubmit([fixture.AdmitAccount("a")], out var commit));
        fixture.Node.Start();

        Assert.False(read.IsCompleted);
        release.Release();
        await commit.WithinAsync("the commit");

        Assert.Equal(1UL, await read.WithinAsync("the answer"));
    }

    [Fact]
    public async Task TryRead_QuestionThatThrows_FailsAlone()
    {
        await using var fixture = new NodeFixture();
        fixture.Node.Start();

        Assert.True(fixture.Node.Orderer.TryRead<int>(_ => throw new InvalidOperationException("mine"), out var read));

        await Assert.ThrowsAsync<InvalidOperationException>(() => read.WithinAsync("the answer"));
        await fixture.SubmitAsync(fixture.AdmitAccount("a"));
    }

    [Fact]
    public async Task DisposeAsync_CommandsInTheQueue_CommitsThemAndRefusesLaterOnes()
    {
        await using var fixture = new NodeFixture();
        var later = fixture.AdmitAccount("b");
        Assert.True(fixture.Node.Orderer.TrySubmit([fixture.AdmitAccount("a")], out var commit));
        fixture.Node.Start();
        await fixture.Node.StopAsync();

        Assert.Equal(0UL, Assert.IsType<Committed>((await commit.WithinAsync("the commit")).Outcomes[0]).Sequence);
        Assert.True(fixture.Node.Orderer.TrySubmit([later], out var refused));
        Assert.Null((await Assert.ThrowsAsync<OrderingStoppedException>(() => refused.WithinAsync("the refusal"))).InnerException);
    }
}
