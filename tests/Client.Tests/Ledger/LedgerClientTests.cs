using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;

using Grpc.Core;

using KpGrpc.Client.Ledger;
using KpGrpc.Client.Signing;
using KpGrpc.Protos.Audit.V1;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Payment.V1;
using KpGrpc.Testing;

namespace KpGrpc.Client.Tests.Ledger;

public sealed class LedgerClientTests
{
    private static readonly LedgerClientOptions Options = new() { TriesMax = 3, BackoffFirst = TimeSpan.FromMilliseconds(1) };

    private static SubmitResponse Answer => new()
    {
        Receipt = new ReceiptProof { Leaf = new Receipt { Sequence = 5, Status = ReceiptStatus.Rejected }.ToByteString() },
        Replayed = true,
    };

    [Fact]
    public async Task SubmitAsync_ServerAwayAndOverloaded_SendsTheSameBytesAgain()
    {
        var server = new ScriptedInvoker(() => Error(StatusCode.Unavailable), () => Busy(), () => Answer);

        var answered = Assert.IsType<CommandOutcome.Answered>(await SubmitAsync(server));

        Assert.Equal(5UL, answered.Receipt.Sequence);
        Assert.Equal(3, server.Requests.Count);
        Assert.Single(server.Requests.Cast<SubmitRequest>().Select(request => request.Command).Distinct());
    }

    [Theory]
    [InlineData(StatusCode.DeadlineExceeded)]
    [InlineData(StatusCode.Cancelled)]
    [InlineData(StatusCode.Internal)]
    [InlineData(StatusCode.DataLoss)]
    [InlineData(StatusCode.Unknown)]
    [InlineData(StatusCode.ResourceExhausted)]
    public async Task SubmitAsync_EndThatLeavesItOpen_UnknownWithTheKey(StatusCode code)
    {
        var command = Command();
        var server = new ScriptedInvoker(() => Error(code));

        var outcome = await new LedgerClient(server, Options).SubmitAsync(command, cancellationToken: TestContext.Current.CancellationToken).WithinAsync("the outcome");

        var unknown = Assert.IsType<CommandOutcome.Unknown>(outcome);
        Assert.Equal(command.IdempotencyKey, unknown.IdempotencyKey);
        Assert.Equal((int)code, unknown.Status.Code);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(StatusCode.InvalidArgument)]
    [InlineData(StatusCode.Unauthenticated)]
    [InlineData(StatusCode.FailedPrecondition)]
    [InlineData(StatusCode.AlreadyExists)]
    [InlineData(StatusCode.Unimplemented)]
    public async Task SubmitAsync_RefusalBeforeTheOrder_NotOrderedAtOnce(StatusCode code)
    {
        var server = new ScriptedInvoker(() => Error(code));
        Assert.Equal((int)code, Assert.IsType<CommandOutcome.NotOrdered>(await SubmitAsync(server)).Status.Code);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task SubmitAsync_TooLargeByTheServersWord_NotOrderedAtOnce()
    {
        var server = new ScriptedInvoker(() => new Google.Rpc.Status
        {
            Code = (int)Code.ResourceExhausted,
            Details = { Any.Pack(new ErrorInfo { Reason = "TOO_LARGE" }) },
        }.ToRpcException());
        Assert.IsType<CommandOutcome.NotOrdered>(await SubmitAsync(server));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task SubmitAsync_OverloadToTheEnd_NotOrderedSinceNoTryWasTakenIn()
    {
        var server = new ScriptedInvoker(Busy);
        Assert.IsType<CommandOutcome.NotOrdered>(await SubmitAsync(server));
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task SubmitAsync_RefusalAfterATryThatMayHaveCounted_Unknown() =>
        Assert.IsType<CommandOutcome.Unknown>(await SubmitAsync(new ScriptedInvoker(() => Error(StatusCode.Unavailable), () => Error(StatusCode.FailedPrecondition))));

    [Fact]
    public async Task ReconcileAsync_ByKey_AnsweredOrStillUnknown()
    {
        var command = Command();
        var server = new ScriptedInvoker(() => new GetReceiptResponse { Receipt = Answer.Receipt });
        var found = new LedgerClient(server, Options);
        var missing = new LedgerClient(new ScriptedInvoker(() => Error(StatusCode.NotFound)), Options);

        Assert.IsType<CommandOutcome.Answered>(await found.ReconcileAsync(command, TestContext.Current.CancellationToken).WithinAsync("the answer"));
        Assert.IsType<CommandOutcome.Unknown>(await missing.ReconcileAsync(command, TestContext.Current.CancellationToken).WithinAsync("the answer"));
        Assert.Equal("main", Assert.IsType<GetReceiptRequest>(Assert.Single(server.Requests)).LedgerId);
    }

    private static Task<CommandOutcome> SubmitAsync(ScriptedInvoker server) =>
        new LedgerClient(server, Options).SubmitAsync(Command(), cancellationToken: TestContext.Current.CancellationToken).WithinAsync("the outcome");

    private static PreparedCommand Command()
    {
        using var key = SigningKey.Generate("org", "org-1");
        return new CommandSigner(key, "net", "main").Sign(payload => payload.Transfer = new Transfer());
    }

    private static RpcException Error(StatusCode code) => new(new Grpc.Core.Status(code, "why"));

    private static RpcException Busy() => new Google.Rpc.Status
    {
        Code = (int)Code.ResourceExhausted,
        Details = { Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(1)) }) },
    }.ToRpcException();
}
