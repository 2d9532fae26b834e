using Google.Protobuf;
using Google.Rpc;

using Grpc.Core;

using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.Services;

public sealed class SubmitBatchTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SubmitBatch_MoreThanTheWholeQueue_TooLargeWithoutAdviceToComeAgain()
    {
        await using var fixture = await LedgerFixture.StartAsync(null, "Ledger:QueueMax=16");

        var error = await RefuseAsync(fixture, Batch(fixture, 17));

        AssertTooLarge(error);
        Assert.Equal(16, (await SubmitAsync(fixture, Batch(fixture, 16))).Outcomes.Count);
    }

    [Fact]
    public async Task SubmitBatch_AnswerThatAClientCouldNotReceive_TooLargeAndNothingOrdered()
    {
        await using var fixture = await LedgerFixture.StartAsync();

        AssertTooLarge(await RefuseAsync(fixture, Batch(fixture, 2_100)));

        Assert.Equal(0UL, (await fixture.Ledger.GetStatusAsync(new GetStatusRequest(), cancellationToken: Stop)).NextSequence);
        Assert.Equal(1_500, (await SubmitAsync(fixture, Batch(fixture, 1_500))).Outcomes.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    public async Task SubmitBatch_NoneOrTooManyPayloads_InvalidArgumentNamesTheField(int count)
    {
        await using var fixture = await LedgerFixture.StartAsync();
        var batch = new SignedBatch { KeyId = "payment-provider-1", Signature = ByteString.CopyFrom(new byte[64]) };
        batch.Payloads.AddRange(Enumerable.Repeat(ByteString.CopyFrom(1), count));

        var error = await RefuseAsync(fixture, batch);

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Equal("batch.payloads", Assert.Single(error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations).Field);
    }

    [Theory]
    [InlineData("organization", Code.Unauthenticated, "KEY_NOT_OF_ORGANIZATION")]
    [InlineData("ledger", Code.FailedPrecondition, "WRONG_LEDGER")]
    [InlineData("malformed", Code.InvalidArgument, null)]
    public async Task SubmitBatch_SecondMemberThatMayNotBeOrdered_RefusedAloneWithReason(string fault, Code code, string? reason)
    {
        await using var fixture = await LedgerFixture.StartAsync();
        var batch = fixture.Signer("payment-provider").SignBatch(
        [
            payload => payload.OpenAccount = Market.Clearing(),
            payload =>
            {
                payload.OpenAccount = Market.Clearing();
                payload.OrganizationId = fault == "organization" ? "platform" : payload.OrganizationId;
                payload.LedgerId = fault == "ledger" ? "other" : payload.LedgerId;
                payload.SchemaVersion = fault == "malformed" ? 9 : payload.SchemaVersion;
            },
            payload => payload.OpenAccount = Market.Clearing(),
        ]).Message;

        var outcomes = (await SubmitAsync(fixture, batch)).Outcomes;

        Assert.Equal((int)code, outcomes[1].Error.Code);
        Assert.Equal(reason, outcomes[1].Error.GetDetail<ErrorInfo>()?.Reason);
        Assert.Empty(outcomes[1].Leaf);
        Assert.Equal([0UL, 1UL], [outcomes[0].LeafIndex, outcomes[2].LeafIndex]);
    }

    [Fact]
    public async Task SubmitBatch_FirstMemberMalformed_NamesItsFieldsAndOrdersNothing()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        var batch = fixture.Signer("payment-provider").SignBatch(
        [
            payload =>
            {
                payload.Deposit = Market.Deposit(1, "reference");
                payload.Deposit.Amount = null;
                payload.SchemaVersion = 9;
            },
            payload => payload.OpenAccount = Market.Clearing(),
        ]).Message;

        var error = await RefuseAsync(fixture, batch);

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Equal(
            ["batch.payloads[0].schema_version", "batch.payloads[0].deposit.amount"],
            error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Select(fault => fault.Field));
        Assert.Equal(0UL, (await fixture.Ledger.GetStatusAsync(new GetStatusRequest(), cancellationToken: Stop)).NextSequence);
    }

    private static void AssertTooLarge(RpcException error)
    {
        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
        var status = error.GetRpcStatus()!;
        Assert.Equal("TOO_LARGE", status.GetDetail<ErrorInfo>()?.Reason);
        Assert.Null(status.GetDetail<RetryInfo>());
    }

    private static SignedBatch Batch(LedgerFixture fixture, int count) => fixture.Signer("payment-provider").SignBatch(
        [.. Enumerable.Repeat<Action<CommandPayload>>(payload => payload.OpenAccount = Market.Clearing(), count)]).Message;

    private static async Task<SubmitBatchResponse> SubmitAsync(LedgerFixture fixture, SignedBatch batch) =>
        await fixture.Ledger.SubmitBatchAsync(new SubmitBatchRequest { Batch = batch }, cancellationToken: Stop).ResponseAsync.WithinAsync("the batch");

    private static Task<RpcException> RefuseAsync(LedgerFixture fixture, SignedBatch batch) =>
        Assert.ThrowsAsync<RpcException>(() => SubmitAsync(fixture, batch));
}
