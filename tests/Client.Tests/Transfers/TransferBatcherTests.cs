using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;

using Grpc.Core;

using KpGrpc.Client.Ledger;
using KpGrpc.Client.Signing;
using KpGrpc.Client.Tests.Ledger;
using KpGrpc.Client.Transfers;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Testing;

using Transfer = KpGrpc.Client.Transfers.Transfer;
using TransferOutcome = KpGrpc.Client.Transfers.TransferOutcome;

namespace KpGrpc.Client.Tests.Transfers;

public sealed class TransferBatcherTests : IDisposable
{
    private readonly SigningKey key = SigningKey.Generate("org", "org-1");
    private readonly BatchServer server = new();

    [Fact]
    public async Task TransferAsync_Idle_SendsOneAtOnceAndGathersTheRestMeanwhile()
    {
        server.Answering = BatchServer.Closed();
        await using var batcher = Open(callsMax: 1);
        var first = batcher.TransferAsync(Move(0), Token).AsTask();
        await server.ArrivalAsync();

        var rest = Enumerable.Range(1, 2_500).Select(i => batcher.TransferAsync(Move(i), Token).AsTask()).ToArray();
        server.Answering.SetResult();
        var outcomes = await Task.WhenAll([first, .. rest]).WithinAsync("the outcomes");

        Assert.All(outcomes, outcome => Assert.Equal(TransferStatus.Made, outcome.Status));
        Assert.Equal([1, 2_500], server.TransfersPerCall);
        Assert.Equal(3, server.Requests[1].Batch.Payloads.Count);
        Assert.Equal(2_501, outcomes.Select(outcome => outcome.Id).Distinct().Count());
        Assert.Equal((101UL, 0), (outcomes[1].Sequence, outcomes[1].Index));
        Assert.Equal((102UL, 1), (outcomes[1_026].Sequence, outcomes[1_026].Index));
    }

    [Fact]
    public async Task TransferAsync_EnoughWaitBesideARunningCall_OpensFurtherCallsUpToTheBound()
    {
        server.Answering = BatchServer.Closed();
        await using var batcher = Open(callsMax: 2, besideMin: 10);
        var transfers = new List<Task<TransferOutcome>> { batcher.TransferAsync(Move(0), Token).AsTask() };
        await server.ArrivalAsync();
        transfers.AddRange(Enumerable.Range(1, 10).Select(i => batcher.TransferAsync(Move(i), Token).AsTask()));
        await server.ArrivalAsync();
        transfers.AddRange(Enumerable.Range(11, 50).Select(i => batcher.TransferAsync(Move(i), Token).AsTask()));

        Assert.Equal(2, server.Requests.Count);
        server.Answering.SetResult();
        await Task.WhenAll(transfers).WithinAsync("the outcomes");
        Assert.Equal(61, server.TransfersPerCall.Sum());
    }

    [Fact]
    public async Task TransferAsync_SomeRefusedOrRepeated_EachCallerGetsItsOwn()
    {
        server.Judge = (payload, receipt) =>
        {
            var outcomes = receipt.Effects[0].TransfersMade.Outcomes;
            outcomes[1].Refused = RejectionReason.InsufficientFunds;
            outcomes[2].FirstSequence = 7;
            return null;
        };
        var outcomes = await TogetherAsync(4);

        Assert.Equal([TransferStatus.Made, TransferStatus.Refused, TransferStatus.Made, TransferStatus.Made], outcomes.Select(outcome => outcome.Status));
        Assert.Equal(RejectionReason.InsufficientFunds, outcomes[1].Reason);
        Assert.Equal((7UL, true), (outcomes[2].Sequence, outcomes[2].Repeated));
        Assert.Same(outcomes[0].Receipt, outcomes[3].Receipt);
    }

    [Fact]
    public async Task TransferAsync_CommandRejected_RejectedWithItsReason()
    {
        server.Judge = (_, receipt) =>
        {
            (receipt.Status, receipt.RejectionReason, receipt.RejectionMessage) = (ReceiptStatus.Rejected, RejectionReason.RoleMissing, "role: missing");
            receipt.Effects.Clear();
            return null;
        };
        var outcome = Assert.Single(await TogetherAsync(1));
        Assert.Equal((TransferStatus.Rejected, RejectionReason.RoleMissing, "role: missing"), (outcome.Status, outcome.Reason, outcome.Error!.Message));
    }

    [Fact]
    public async Task TransferAsync_WholeCallRefused_NotOrdered()
    {
        server.Failures.Enqueue(new RpcException(new Grpc.Core.Status(StatusCode.Unauthenticated, "key")));
        Assert.All(await TogetherAsync(3), outcome => Assert.Equal(TransferStatus.NotOrdered, outcome.Status));
    }

    [Theory]
    [InlineData(StatusCode.DeadlineExceeded)]
    [InlineData(StatusCode.Internal)]
    [InlineData(StatusCode.DataLoss)]
    public async Task TransferAsync_WholeCallLeftOpen_UnknownWithTheId(StatusCode code)
    {
        server.Failures.Enqueue(new RpcException(new Grpc.Core.Status(code, "why")));
        var outcomes = await TogetherAsync(3);
        Assert.All(outcomes, outcome => Assert.Equal((TransferStatus.Unknown, false), (outcome.Status, outcome.Id.IsEmpty)));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task TransferAsync_ServerAwayOnce_SendsTheSameBytesAgain()
    {
        server.Failures.Enqueue(new RpcException(new Grpc.Core.Status(StatusCode.Unavailable, "away")));
        server.Failures.Enqueue(new Google.Rpc.Status
        {
            Code = (int)Code.ResourceExhausted,
            Details = { Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(1)) }) },
        }.ToRpcException());
        Assert.All(await TogetherAsync(3), outcome => Assert.Equal(TransferStatus.Made, outcome.Status));
        Assert.Equal(3, server.Requests.Count);
        Assert.Single(server.Requests.Select(request => request.Batch).Distinct());
    }

    [Fact]
    public async Task TransferAsync_OneCommandFailsAlone_OthersKeepTheirReceipts()
    {
        server.Judge = (payload, _) => payload.TransferBatch.Entries[0].Reference == 2
            ? new SubmitOutcome { Error = new Google.Rpc.Status { Code = (int)Code.FailedPrecondition } }
            : null;
        var outcomes = await TogetherAsync(4, transfersPerCommandMax: 1);
        Assert.Equal([TransferStatus.Made, TransferStatus.Made, TransferStatus.NotOrdered, TransferStatus.Made], outcomes.Select(outcome => outcome.Status));
    }

    [Fact]
    public async Task TransferAsync_ReceiptOfAnotherCommand_Unknown()
    {
        server.Judge = (_, receipt) =>
        {
            receipt.IdempotencyKey = ByteString.CopyFrom(new byte[16]);
            return null;
        };
        var outcome = Assert.Single(await TogetherAsync(1));
        Assert.Equal((TransferStatus.Unknown, (int)Code.DataLoss), (outcome.Status, outcome.Error!.Code));
    }

    [Fact]
    public async Task TransferAsync_CancelledBeforeSending_ThrowsAndIsNeverSent()
    {
        server.Answering = BatchServer.Closed();
        await using var batcher = Open(callsMax: 1);
        var first = batcher.TransferAsync(Move(0), Token).AsTask();
        await server.ArrivalAsync();
        using var cancel = new CancellationTokenSource();
        var second = batcher.TransferAsync(Move(1), cancel.Token).AsTask();
        var third = batcher.TransferAsync(Move(2), Token).AsTask();

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.WithinAsync("the cancellation"));
        server.Answering.SetResult();
        await Task.WhenAll(first, third).WithinAsync("the others");
        Assert.Equal([1, 1], server.TransfersPerCall);
    }

    [Fact]
    public async Task TransferAsync_CancelledWhileUnderWay_UnknownForThatCallerAlone()
    {
        server.Answering = BatchServer.Closed();
        await using var batcher = Open();
        using var cancel = new CancellationTokenSource();
        var named = Move(0) with { Id = new TransferId(1, 2) };
        var first = batcher.TransferAsync(named, cancel.Token).AsTask();
        await server.ArrivalAsync();

        await cancel.CancelAsync();
        var outcome = await first.WithinAsync("the cancelled caller");
        server.Answering.SetResult();

        Assert.Equal((TransferStatus.Unknown, named.Id), (outcome.Status, outcome.Id));
        Assert.Equal(TransferStatus.Made, (await batcher.TransferAsync(named, Token).AsTask().WithinAsync("the question")).Status);
    }

    [Fact]
    public async Task TransferAsync_QueueFull_WaitsForAPlace()
    {
        server.Answering = BatchServer.Closed();
        await using var batcher = Open(callsMax: 1, queueMax: 2);
        var first = batcher.TransferAsync(Move(0), Token).AsTask();
        await server.ArrivalAsync();
        var waiting = Enumerable.Range(1, 2).Select(i => batcher.TransferAsync(Move(i), Token).AsTask()).ToArray();
        using var cancel = new CancellationTokenSource();
        var late = batcher.TransferAsync(Move(3), Token).AsTask();
        var cancelled = batcher.TransferAsync(Move(4), cancel.Token).AsTask();

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WithinAsync("the cancellation"));
        server.Answering.SetResult();
        var outcomes = await Task.WhenAll([first, .. waiting, late]).WithinAsync("the outcomes");
        Assert.All(outcomes, outcome => Assert.Equal(TransferStatus.Made, outcome.Status));
        Assert.Equal([1, 2, 1], server.TransfersPerCall);
    }

    [Fact]
    public async Task DisposeAsync_TransfersUnderWayAndWaiting_SettlesAllAndTakesNoMore()
    {
        server.Answering = BatchServer.Closed();
        var batcher = Open(callsMax: 1);
        var first = batcher.TransferAsync(Move(0), Token).AsTask();
        await server.ArrivalAsync();
        var second = batcher.TransferAsync(Move(1), Token).AsTask();

        var disposed = batcher.DisposeAsync().AsTask();
        Assert.False(disposed.IsCompleted);
        server.Answering.SetResult();
        await disposed.WithinAsync("the dispose");

        Assert.All(await Task.WhenAll(first, second).WithinAsync("the outcomes"), outcome => Assert.Equal(TransferStatus.Made, outcome.Status));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => batcher.TransferAsync(Move(2), Token).AsTask());
    }

    [Theory]
    [InlineData("a", "a", 1)]
    [InlineData("", "a", 1)]
    [InlineData("a", "b", 0)]
    public async Task TransferAsync_Malformed_Throws(string debit, string credit, long amount)
    {
        await using var batcher = Open();
        await Assert.ThrowsAsync<ArgumentException>(() => batcher.TransferAsync(new Transfer(debit, credit, amount), Token).AsTask());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TransferAsync_ManyCallersInLoops_EachGetsTheOutcomeOfItsOwnTransfer(bool inline)
    {
        await using var batcher = Open(besideMin: 4, inline: inline);
        var ids = await Task.WhenAll(Enumerable.Range(0, 64).Select(LoopAsync)).WithinAsync("the callers");
        Assert.Equal(64 * 50, ids.SelectMany(own => own).Distinct().Count());

        async Task<List<TransferId>> LoopAsync(int caller)
        {
            var own = new List<TransferId>();
            for (var i = 0; i < 50; i++)
            {
                var id = new TransferId((ulong)caller + 1, (ulong)i);
                var outcome = await batcher.TransferAsync(Move(i) with { Id = id }, default);
                Assert.Equal((TransferStatus.Made, id), (outcome.Status, outcome.Id));
                own.Add(outcome.Id);
            }

            return own;
        }
    }

    public void Dispose() => key.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Transfer Move(int i) => new($"from-{i % 7}", $"to-{i % 5}", 1 + i, (ulong)i);

    private TransferBatcher Open(int callsMax = 3, int besideMin = 256, int queueMax = 65_536, int transfersPerCommandMax = 1_024, bool inline = false) =>
        new LedgerClient(server, new LedgerClientOptions { TriesMax = 3, BackoffFirst = TimeSpan.FromMilliseconds(1) }).OpenTransfers(
            new CommandSigner(key, "net", "main"),
            new TransferBatcherOptions
            {
                CurrencyCode = "EUR",
                Exponent = 2,
                CallsMax = callsMax,
                BesideMin = besideMin,
                QueueMax = queueMax,
                TransfersPerCommandMax = transfersPerCommandMax,
                ContinueInline = inline,
            });

    // A first call holds the line until all of the others wait, so that they go together.
    private async Task<TransferOutcome[]> TogetherAsync(int count, int transfersPerCommandMax = 1_024)
    {
        var judge = server.Judge;
        var failures = server.Failures.ToArray();
        server.Failures.Clear();
        server.Judge = (_, _) => null;
        server.Answering = BatchServer.Closed();
        await using var batcher = Open(callsMax: 1, transfersPerCommandMax: transfersPerCommandMax);
        var holding = batcher.TransferAsync(Move(99), Token).AsTask();
        await server.ArrivalAsync();
        var transfers = Enumerable.Range(0, count).Select(i => batcher.TransferAsync(Move(i), Token).AsTask()).ToArray();
        var held = server.Answering;
        server.Answering = BatchServer.Closed();
        held.SetResult();
        await holding.WithinAsync("the first call");
        await server.ArrivalAsync();
        server.Judge = judge;
        Array.ForEach(failures, server.Failures.Enqueue);
        server.Forget(1);
        server.Answering.SetResult();
        return await Task.WhenAll(transfers).WithinAsync("the outcomes");
    }
}
