using Google.Protobuf;

using Grpc.Core;

using KpGrpc.Client.Ledger;
using KpGrpc.Client.LogViews;
using KpGrpc.Client.Receipts;
using KpGrpc.Client.Tests.Ledger;
using KpGrpc.MerkleLog.Proofs;
using KpGrpc.Protos.Audit.V1;
using KpGrpc.Testing;

namespace KpGrpc.Client.Tests.LogViews;

public sealed class LogFollowerTests : IDisposable
{
    private static readonly LedgerClientOptions Options = new() { TriesMax = 1 };

    private readonly TemporaryDirectory folder = new();
    private readonly SmallLog log = new(20);
    private readonly LogView view;

    public LogFollowerTests() => view = LogView.Open(folder.Combine("main.view"), log.Policy);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        view.Dispose();
        log.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task FollowAsync_GrowingLog_AsksForTheProofFromWhereTheViewStands()
    {
        await FollowAsync(() => Checkpoint(log, 5));
        var server = new ScriptedInvoker(() => Checkpoint(log, 13), () => Proof(log, 5, 13));

        var verdict = await new LogFollower(server, view, "books", Options).FollowAsync(Stop);

        Assert.True(Assert.IsType<LogViewVerdict.Consistent>(verdict).Advanced);
        Assert.Equal(new GetConsistencyProofRequest { LedgerId = "books", FromSize = 5, ToSize = 13 }, server.Requests[1]);
        Assert.Equal(13UL, view.Newest!.Checkpoint.Size);
    }

    [Fact]
    public async Task FollowAsync_OlderCheckpointOfTheSameLog_IsStaleAndNoFault()
    {
        await FollowAsync(() => Checkpoint(log, 13));

        var verdict = await FollowAsync(() => Checkpoint(log, 5), () => Proof(log, 5, 13));

        Assert.False(Assert.IsType<LogViewVerdict.Consistent>(verdict).Advanced);
        Assert.Equal(13UL, view.Newest!.Checkpoint.Size);
    }

    [Fact]
    public async Task FollowAsync_LogCutShort_IsRolledBack()
    {
        await FollowAsync(() => Checkpoint(log, 13));

        var verdict = await FollowAsync(() => Checkpoint(log, 5), () => Error(StatusCode.OutOfRange));

        Assert.Equal(LogViewRefusal.RolledBack, Assert.IsType<LogViewVerdict.Refused>(verdict).Reason);
        Assert.Equal(13UL, view.Newest!.Checkpoint.Size);
    }

    [Fact]
    public async Task FollowAsync_LogCutShortAndGrownAnotherWay_IsRefused()
    {
        using var other = new SmallLog(20, changed: 8);
        await FollowAsync(() => Checkpoint(log, 13));

        var grown = await FollowAsync(() => Checkpoint(other, 17), () => Proof(other, 13, 17));
        var equal = await FollowAsync(() => Checkpoint(other, 13));

        Assert.Equal(LogViewRefusal.NotConsistent, Assert.IsType<LogViewVerdict.Refused>(grown).Reason);
        Assert.Equal(LogViewRefusal.SplitView, Assert.IsType<LogViewVerdict.Refused>(equal).Reason);
    }

    [Fact]
    public async Task FollowAsync_HashesThatAreNone_AreNoProof()
    {
        await FollowAsync(() => Checkpoint(log, 5));

        var verdict = await FollowAsync(() => Checkpoint(log, 13), () => new GetConsistencyProofResponse { Hashes = { ByteString.CopyFrom(1, 2) } });

        Assert.Equal(LogViewRefusal.NotConsistent, Assert.IsType<LogViewVerdict.Refused>(verdict).Reason);
    }

    [Theory]
    [InlineData(StatusCode.Unavailable)]
    [InlineData(StatusCode.DataLoss)]
    public async Task FollowAsync_NoAnswer_IsUnknownAndNothingMoves(StatusCode code)
    {
        Assert.Contains($"{code}", Assert.IsType<LogViewVerdict.Unknown>(await FollowAsync(() => Error(code))).Reason, StringComparison.Ordinal);
        await FollowAsync(() => Checkpoint(log, 5));
        Assert.IsType<LogViewVerdict.Unknown>(await FollowAsync(() => Checkpoint(log, 13), () => Error(code)));
        Assert.Equal(5UL, view.Newest!.Checkpoint.Size);
    }

    [Fact]
    public async Task VerifyAsync_ForgedCheckpointOfAGreaterTree_IsRefusedBeforeTheLogIsAsked()
    {
        await FollowAsync(() => Checkpoint(log, 5));
        var server = new ScriptedInvoker(() => Error(StatusCode.OutOfRange));
        var proof = new TlogProof(3, log.Inclusion(3, 13), log.Sign(13)).ToString().Replace("\n13\n", "\n14\n", StringComparison.Ordinal);
        var receipt = new ReceiptProof { Leaf = ByteString.CopyFrom(SmallLog.Leaf(3)), TlogProof = proof };

        var (verdict, moved) = await new LogFollower(server, view, options: Options).VerifyAsync(receipt, Stop);

        Assert.Equal("BadLogSignature", Assert.IsType<OfflineReceipt.Refused>(verdict).Reason);
        Assert.Null(moved);
        Assert.Empty(server.Requests);
    }

    private static RpcException Error(StatusCode code) => new(new Status(code, $"{code}"));

    private static GetCheckpointResponse Checkpoint(SmallLog from, ulong size) => new() { Checkpoint = from.Sign(size).ToString(), TreeSize = size };

    private static GetConsistencyProofResponse Proof(SmallLog from, ulong oldSize, ulong newSize) =>
        new() { FromSize = oldSize, ToSize = newSize, Hashes = { from.Consistency(oldSize, newSize).Select(hash => ByteString.CopyFrom(hash.ToArray())) } };

    private Task<LogViewVerdict> FollowAsync(params Func<object>[] answers) =>
        new LogFollower(new ScriptedInvoker(answers), view, options: Options).FollowAsync(Stop).WithinAsync("the verdict");
}
