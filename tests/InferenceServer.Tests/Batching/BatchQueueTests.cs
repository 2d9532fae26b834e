using KpGrpc.InferenceServer.Batching;

namespace KpGrpc.InferenceServer.Tests.Batching;

public sealed class BatchQueueTests
{
    private static readonly BatchingOptions Options = new()
    {
        RowsMax = 4,
        TokensMax = 100,
        QueueDelayMax = TimeSpan.FromMilliseconds(10),
        BulkDelay = TimeSpan.FromMilliseconds(100),
        PaddingMax = 0.15,
    };

    private readonly BatchQueue<string, string> queue = new(Options);

    [Fact]
    public void TakeNext_LoneRequestAfterSilence_LeavesAtOnce()
    {
        Add("a", 0);

        var batch = queue.TakeNext(At(0), draining: false, out _);

        Assert.Equal((1, BatchReason.Idle), (batch!.Requests.Count, batch.Reason));
    }

    [Fact]
    public void TakeNext_RequestsKeepComing_WaitsForThemUntilTheDelay()
    {
        Warm();
        Add("a", 100);
        Assert.Null(queue.TakeNext(At(100), draining: false, out var askAgainAt));
        Assert.InRange(askAgainAt, At(100), At(110));
        foreach (var ms in new[] { 103, 106.5 })
        {
            Add("a", ms);
            Assert.Null(queue.TakeNext(At(ms), draining: false, out _));
        }

        var batch = queue.TakeNext(At(110), draining: false, out _);

        Assert.Equal((3, BatchReason.Age), (batch!.Requests.Count, batch.Reason));
    }

    [Fact]
    public void TakeNext_RequestsStopComing_LeavesBeforeTheDelay()
    {
        Warm();
        Add("a", 100);
        Assert.Null(queue.TakeNext(At(100), draining: false, out var askAgainAt));

        var batch = queue.TakeNext(askAgainAt, draining: false, out _);

        Assert.True(askAgainAt < At(110));
        Assert.Equal(BatchReason.Idle, batch!.Reason);
    }

    [Fact]
    public void TakeNext_WaitedDuringARun_LeavesByAge()
    {
        Warm();
        Add("a", 100);

        Assert.Equal(BatchReason.Age, queue.TakeNext(At(150), draining: false, out _)!.Reason);
    }

    [Fact]
    public void TakeNext_EnoughRows_LeavesWithRowsMax()
    {
        Warm();
        for (var i = 0; i < 6; i++)
        {
            Add("a", 100);
        }

        var batch = queue.TakeNext(At(100), draining: false, out _);

        Assert.Equal((4, BatchReason.Rows), (batch!.Requests.Count, batch.Reason));
        Assert.Equal(2, queue.Count);
    }

    [Fact]
    public void TakeNext_EnoughTokens_LeavesWithinTokensMax()
    {
        Warm();
        Add(new string('a', 40), 100);
        Add(new string('a', 40), 100);
        Add(new string('a', 40), 100);

        var batch = queue.TakeNext(At(100), draining: false, out _);

        Assert.Equal((2, BatchReason.Tokens), (batch!.Requests.Count, batch.Reason));
    }

    [Fact]
    public void TakeNext_OneRequestBeyondTokensMax_GoesAlone()
    {
        Add(new string('a', 400), 0);

        Assert.Single(queue.TakeNext(At(20), draining: false, out _)!.Requests);
    }

    [Fact]
    public void TakeNext_OtherLengths_StayForTheNextBatch()
    {
        Add("short", 0);
        Add(new string('l', 40), 0);
        Add("brief", 0);

        var first = queue.TakeNext(At(20), draining: false, out _)!;
        var second = queue.TakeNext(At(20), draining: false, out _)!;

        Assert.Equal(["short", "brief"], first.Requests.Select(request => request.Input));
        Assert.Equal(0, first.Padding);
        Assert.Single(second.Requests);
    }

    [Fact]
    public void TakeNext_NeighbouringLengths_ShareABatchWithinPaddingMax()
    {
        Add(new string('a', 20), 0);
        Add(new string('a', 23), 0);

        var batch = queue.TakeNext(At(20), draining: false, out _)!;

        Assert.Equal((2, 43, 3), (batch.Requests.Count, batch.Tokens, batch.Padding));
    }

    [Fact]
    public void TakeNext_BulkCameFirst_InteractiveLeads()
    {
        Add("bulk!", 0, Priority.Bulk);
        Add("interactive, longer", 50);

        Assert.Equal("interactive, longer", queue.TakeNext(At(60), draining: false, out _)!.Requests[0].Input);
    }

    [Fact]
    public void TakeNext_BulkHasWaitedItsDelay_IsNotStarved()
    {
        Add("bulk!", 0, Priority.Bulk);
        Add("interactive, longer", 101);

        Assert.Equal("bulk!", queue.TakeNext(At(120), draining: false, out _)!.Requests[0].Input);
    }

    [Fact]
    public void TakeNext_DeadlineHasPassed_DropsIt()
    {
        var dropped = new List<string>();
        queue.Dropped = request => dropped.Add(request.Input);
        Add("late", 0, deadline: 5);
        Add("kept", 0);

        var batch = queue.TakeNext(At(20), draining: false, out _)!;

        Assert.Equal(["kept"], batch.Requests.Select(request => request.Input));
        Assert.Equal(["late"], dropped);
        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public void TakeNext_Draining_WaitsForNothing()
    {
        Warm();
        Add("a", 100);

        Assert.Equal(BatchReason.Drain, queue.TakeNext(At(100), draining: true, out _)!.Reason);
    }

    private static TimeSpan At(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    /// <summary>Forty requests a millisecond apart, so that more are expected.</summary>
    private void Warm()
    {
        for (var ms = 0; ms < 40; ms++)
        {
            Add("a", 60 + ms);
        }

        while (queue.TakeNext(At(99), draining: true, out _) is not null)
        {
        }
    }

    private void Add(string input, double at, Priority priority = Priority.Interactive, double? deadline = null) =>
        queue.Add(new WaitingRequest<string, string>(input, input.Length, priority, At(at), deadline is { } ms ? At(ms) : TimeSpan.MaxValue));
}
