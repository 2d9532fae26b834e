using Grpc.Core;

using KpGrpc.Client.Commands;
using KpGrpc.Client.Ledger;
using KpGrpc.Client.Signing;
using KpGrpc.Client.Tests.Ledger;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Testing;

using Transfer = KpGrpc.Protos.Payment.V1.Transfer;

namespace KpGrpc.Client.Tests.Commands;

public sealed class CommandBatcherTests : IDisposable
{
    private readonly SigningKey key = SigningKey.Generate("org", "org-1");
    private readonly BatchServer server = new();

    [Fact]
    public async Task SubmitAsync_SignedOnesAndBodies_GatheredIntoCallsOfEachKind()
    {
        server.Answering = BatchServer.Closed();
        await using var batcher = Open(Signer);
        var first = batcher.SubmitAsync(SetBody, cancellationToken: Token);
        await server.ArrivalAsync();
        var bodies = Enumerable.Range(0, 5).Select(_ => batcher.SubmitAsync(SetBody, cancellationToken: Token)).ToArray();
        var signed = Enumerable.Range(0, 4).Select(_ => batcher.SubmitAsync(Signer.Sign(SetBody), Token)).ToArray();

        server.Answering.SetResult();
        var outcomes = await Task.WhenAll([first, .. bodies, .. signed]).WithinAsync("the outcomes");

        Assert.Equal(10, outcomes.Cast<CommandOutcome.Answered>().Select(answered => answered.Receipt.Sequence).Distinct().Count());
        Assert.Equal([(1, 0), (5, 0), (0, 4)], server.Requests.Select(request => (request.Batch?.Payloads.Count ?? 0, request.Commands.Count)));
    }

    [Fact]
    public async Task SubmitAsync_MoreBytesThanACall_GoInSeveral()
    {
        server.Answering = BatchServer.Closed();
        await using var batcher = Open(Signer, bytesPerCallMax: 1);
        var outcomes = Enumerable.Range(0, 3).Select(_ => batcher.SubmitAsync(SetBody, cancellationToken: Token)).ToArray();
        server.Answering.SetResult();
        await Task.WhenAll(outcomes).WithinAsync("the outcomes");
        Assert.All(server.Requests, request => Assert.Single(request.Batch.Payloads));
    }

    [Fact]
    public async Task SubmitAsync_CallLeftOpen_UnknownWithTheKey()
    {
        server.Failures.Enqueue(new RpcException(new Status(StatusCode.DeadlineExceeded, "late")));
        await using var batcher = Open(null);
        var command = Signer.Sign(SetBody);
        var unknown = Assert.IsType<CommandOutcome.Unknown>(await batcher.SubmitAsync(command, Token).WithinAsync("the outcome"));
        Assert.Equal(command.IdempotencyKey, unknown.IdempotencyKey);
    }

    [Fact]
    public async Task SubmitAsync_ReceiptOfAnotherCommand_Unknown()
    {
        server.Judge = (_, _) => new SubmitOutcome { Leaf = Google.Protobuf.ByteString.CopyFromUtf8("no receipt") };
        await using var batcher = Open(Signer);
        Assert.IsType<CommandOutcome.Unknown>(await batcher.SubmitAsync(SetBody, cancellationToken: Token).WithinAsync("the outcome"));
    }

    [Fact]
    public async Task SubmitAsync_CancelledUnderWay_UnknownAndTheRestGoesOn()
    {
        server.Answering = BatchServer.Closed();
        await using var batcher = Open(Signer);
        using var cancel = new CancellationTokenSource();
        var cancelled = batcher.SubmitAsync(SetBody, cancellationToken: cancel.Token);
        await server.ArrivalAsync();
        var waiting = batcher.SubmitAsync(SetBody, cancellationToken: cancel.Token);
        var other = batcher.SubmitAsync(SetBody, cancellationToken: Token);

        await cancel.CancelAsync();
        Assert.IsType<CommandOutcome.Unknown>(await cancelled.WithinAsync("the cancelled one"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WithinAsync("the waiting one"));
        server.Answering.SetResult();
        Assert.IsType<CommandOutcome.Answered>(await other.WithinAsync("the other one"));
    }

    [Fact]
    public async Task SubmitAsync_BodyWithoutSigner_Throws()
    {
        await using var batcher = Open(null);
        await Assert.ThrowsAsync<InvalidOperationException>(() => batcher.SubmitAsync(SetBody, cancellationToken: Token));
    }

    public void Dispose() => key.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private CommandSigner Signer => new(key, "net", "main");

    private static void SetBody(CommandPayload payload) => payload.Transfer = new Transfer();

    private CommandBatcher Open(CommandSigner? signer, int bytesPerCallMax = 1_048_576) =>
        new LedgerClient(server).OpenCommands(signer, new CommandBatcherOptions { BytesPerCallMax = bytesPerCallMax, CallsMax = 1 });
}
