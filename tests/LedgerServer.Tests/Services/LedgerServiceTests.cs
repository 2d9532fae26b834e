using System.Text;

using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;

using Grpc.Core;

using KpGrpc.Client.Receipts;
using KpGrpc.Client.Signing;
using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.Services;

public sealed class LedgerServiceTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Submit_PurchaseWithProof_VerifiesOfflineAndTamperedIsRefused()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        await Market.OpenAsync(fixture);

        var answered = await fixture.AcceptAsync("platform", payload => payload.Purchase = Market.Purchase("p-1", "work-0"), includeProof: true);

        var proof = Encoding.UTF8.GetBytes(answered.Proof.TlogProof);
        var verified = Assert.IsType<OfflineReceipt.Verified>(OfflineReceipt.Verify(answered.Proof.Leaf.Span, proof, fixture.LogVerifierKey));
        Assert.Equal(CommandKind.Purchase, verified.Receipt.CommandKind);
        Assert.Equal(4, verified.Receipt.Effects.Single(effect => effect.PurchaseMade is not null).PurchaseMade.Split.Lines.Count);
        var tampered = answered.Proof.Leaf.ToByteArray();
        tampered[^1] ^= 1;
        Assert.Equal("RootMismatch", Assert.IsType<OfflineReceipt.Refused>(OfflineReceipt.Verify(tampered, proof, fixture.LogVerifierKey)).Reason);
    }

    [Fact]
    public async Task Submit_SameBytesAgain_GivesTheFirstReceiptByteForByteAlsoAfterRestart()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        await Market.OpenAsync(fixture);
        var accepted = fixture.Signer("platform").Sign(payload => payload.Purchase = Market.Purchase("p-1", "work-0"));
        var rejected = fixture.Signer("platform").Sign(payload => payload.Purchase = Market.Purchase("p-2", "no-such-work"));

        foreach (var (command, status) in new[] { (accepted, ReceiptStatus.Accepted), (rejected, ReceiptStatus.Rejected) })
        {
            var first = await SubmitAsync(fixture, command);
            var second = await SubmitAsync(fixture, command);
            Assert.Equal(status, Receipt.Parser.ParseFrom(first.Receipt.Leaf).Status);
            Assert.False(first.Replayed);
            Assert.True(second.Replayed);
            Assert.Equal(first.Receipt.Leaf, second.Receipt.Leaf);
        }

        var before = await SubmitAsync(fixture, accepted);
        var status2 = await fixture.Ledger.GetStatusAsync(new GetStatusRequest(), cancellationToken: Stop);
        await fixture.StopServerAsync();
        await fixture.StartServerAsync();
        var after = await SubmitAsync(fixture, accepted);
        Assert.True(after.Replayed);
        Assert.Equal(before.Receipt.Leaf, after.Receipt.Leaf);
        Assert.Equal(status2.Checkpoint, (await fixture.Ledger.GetStatusAsync(new GetStatusRequest(), cancellationToken: Stop)).Checkpoint);
    }

    [Fact]
    public async Task Submit_SameKeyOtherPayload_AlreadyExistsAndNothingChanges()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        var first = fixture.Signer("payment-provider").Sign(payload => payload.OpenAccount = Market.Clearing());
        await SubmitAsync(fixture, first);

        var other = fixture.Signer("payment-provider").Sign(
            payload => payload.OpenAccount = new(Market.Clearing()) { AccountId = "other" }, first.IdempotencyKey);
        var error = await RefuseAsync(fixture, other, StatusCode.AlreadyExists);

        Assert.Equal(Convert.ToHexStringLower(first.IdempotencyKey.Span), error.GetRpcStatus()!.GetDetail<ResourceInfo>()!.ResourceName);
        var status = await fixture.Ledger.GetStatusAsync(new GetStatusRequest(), cancellationToken: Stop);
        Assert.Equal(1UL, status.NextSequence);
    }

    [Theory]
    [InlineData("signature", StatusCode.Unauthenticated, "SIGNATURE_INVALID")]
    [InlineData("unknown-key", StatusCode.Unauthenticated, "UNKNOWN_KEY")]
    [InlineData("foreign-key", StatusCode.Unauthenticated, "KEY_NOT_OF_ORGANIZATION")]
    [InlineData("network", StatusCode.FailedPrecondition, "WRONG_NETWORK")]
    [InlineData("ledger", StatusCode.FailedPrecondition, "WRONG_LEDGER")]
    [InlineData("expired", StatusCode.FailedPrecondition, "EXPIRED")]
    [InlineData("early", StatusCode.FailedPrecondition, "NOT_YET_VALID")]
    [InlineData("long", StatusCode.FailedPrecondition, "TIME_INVALID")]
    [InlineData("long-from-then", StatusCode.FailedPrecondition, "TIME_INVALID")]
    [InlineData("oversized", StatusCode.ResourceExhausted, "TOO_LARGE")]
    public async Task Submit_CommandThatMayNotBeOrdered_RefusedWithReason(string fault, StatusCode code, string reason)
    {
        await using var fixture = await LedgerFixture.StartAsync();
        var signer = fixture.Signer("payment-provider");
        void Body(CommandPayload payload) => payload.OpenAccount = Market.Clearing();
        var command = fault switch
        {
            "network" => signer.Sign(payload => { Body(payload); payload.NetworkId = "other"; }),
            "ledger" => signer.Sign(payload => { Body(payload); payload.LedgerId = "other"; }),
            "expired" => signer.Sign(payload => { Body(payload); payload.NotAfter = new Timestamp { Seconds = 1_000_000_000 }; }),
            "early" => signer.Sign(payload => { Body(payload); payload.NotBefore = new Timestamp { Seconds = 9_000_000_000 }; payload.NotAfter = new Timestamp { Seconds = 9_000_000_001 }; }),
            "long" => signer.Sign(payload => { Body(payload); payload.NotAfter = new Timestamp { Seconds = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 86_500 }; }),
            "long-from-then" => signer.Sign(payload => { Body(payload); payload.NotBefore = new Timestamp { Seconds = payload.NotAfter.Seconds - 86_401, Nanos = payload.NotAfter.Nanos }; }),
            "oversized" => signer.Sign(payload => { Body(payload); payload.OpenAccount.AccountId = new string('a', 1_048_576); }),
            _ => signer.Sign(Body),
        };
        switch (fault)
        {
            case "signature":
                command.Message.Signature = ByteString.CopyFrom(command.Message.Signature.Select((octet, i) => i == 5 ? (byte)(octet ^ 1) : octet).ToArray());
                break;
            case "unknown-key":
                command.Message.KeyId = "nobody-1";
                break;
            case "foreign-key":
                command.Message.KeyId = "platform-1";
                break;
        }

        var error = await RefuseAsync(fixture, command, code);

        var status = error.GetRpcStatus()!;
        Assert.Equal(reason, status.GetDetail<ErrorInfo>()?.Reason);
        Assert.Null(status.GetDetail<RetryInfo>());
    }

    [Fact]
    public async Task Submit_MalformedPayload_NamesEveryFieldAtOnce()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        var command = fixture.Signer("platform").Sign(payload =>
        {
            payload.Purchase = new Protos.Payment.V1.Purchase();
            payload.IdempotencyKey = ByteString.CopyFrom(1, 2);
            payload.SchemaVersion = 7;
        });

        var error = await RefuseAsync(fixture, command, StatusCode.InvalidArgument);

        var fields = error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Select(violation => violation.Field);
        Assert.Equal(["payload.idempotency_key", "payload.schema_version", "purchase.expected_price"], fields);
    }

    [Fact]
    public async Task SubmitBatch_OneSignatureOverManyCommands_EachHasItsOwnOutcome()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        var batch = fixture.Signer("payment-provider").SignBatch(
        [
            payload => payload.OpenAccount = Market.Clearing(),
            payload => payload.CommitSubjectData = new() { SubjectPseudonym = Market.Learner },
            payload => payload.OpenAccount = Market.Clearing(),
        ]);

        var response = await fixture.Ledger.SubmitBatchAsync(
            new SubmitBatchRequest { Batch = batch.Message, IncludeProof = true }, cancellationToken: Stop).ResponseAsync.WithinAsync("the batch");

        Assert.Equal(ReceiptStatus.Accepted, Receipt.Parser.ParseFrom(response.Outcomes[0].Leaf).Status);
        Assert.Equal((int)Code.InvalidArgument, response.Outcomes[1].Error.Code);
        Assert.Equal(RejectionReason.AlreadyExists, Receipt.Parser.ParseFrom(response.Outcomes[2].Leaf).RejectionReason);
        Assert.Equal([0UL, 1UL], [response.Outcomes[0].LeafIndex, response.Outcomes[2].LeafIndex]);
        Assert.Single(response.Outcomes[2].Hashes);
    }

    [Fact]
    public async Task SubmitBatch_ChangedMember_UnauthenticatedAsAWhole()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        var batch = fixture.Signer("payment-provider").SignBatch([payload => payload.OpenAccount = Market.Clearing(), payload => payload.OpenAccount = Market.Clearing()]);
        batch.Message.Payloads.RemoveAt(1);

        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await fixture.Ledger.SubmitBatchAsync(new SubmitBatchRequest { Batch = batch.Message }, cancellationToken: Stop));

        Assert.Equal(StatusCode.Unauthenticated, error.StatusCode);
    }

    [Fact]
    public async Task GetReceipt_ByEveryLookup_GivesTheSameLeaf()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        var command = fixture.Signer("payment-provider").Sign(payload => payload.OpenAccount = Market.Clearing());
        var submitted = await SubmitAsync(fixture, command);
        var hash = Receipt.Parser.ParseFrom(submitted.Receipt.Leaf).CommandHash;
        GetReceiptRequest[] lookups =
        [
            new() { Sequence = 0 },
            new() { CommandHash = hash },
            new() { Idempotency = new() { OrganizationId = "payment-provider", IdempotencyKey = ByteString.CopyFrom(command.IdempotencyKey.Span) } },
        ];

        foreach (var lookup in lookups)
        {
            var found = await fixture.Ledger.GetReceiptAsync(lookup, cancellationToken: Stop);
            Assert.Equal(submitted.Receipt.Leaf, found.Receipt.Leaf);
            Assert.IsType<OfflineReceipt.Verified>(OfflineReceipt.Verify(found.Receipt.Leaf.Span, Encoding.UTF8.GetBytes(found.Receipt.TlogProof), fixture.LogVerifierKey));
        }

        var missing = await Assert.ThrowsAsync<RpcException>(async () => await fixture.Ledger.GetReceiptAsync(new() { Sequence = 1 }, cancellationToken: Stop));
        Assert.Equal(StatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task WatchEntries_FromTheMiddle_ResumesWithoutGapAndKeepsAlive()
    {
        await using var fixture = await LedgerFixture.StartAsync(null, "Ledger:WatchKeepAlive=00:00:00.1");
        await Market.OpenAsync(fixture);
        using var call = fixture.Ledger.WatchEntries(new WatchEntriesRequest { FromSequence = 3, IncludeCommands = true }, cancellationToken: Stop);

        var seen = new List<Entry>();
        async Task<int> NextAsync()
        {
            Assert.True(await call.ResponseStream.MoveNext(Stop).WithinAsync("the next entries"));
            seen.AddRange(call.ResponseStream.Current.Entries);
            return call.ResponseStream.Current.Entries.Count;
        }

        Assert.Equal(6, await NextAsync());
        Assert.Equal(0, await NextAsync());
        await fixture.AcceptAsync("platform", payload => payload.Purchase = Market.Purchase("p-1", "work-0"));
        while (await NextAsync() == 0)
        {
        }

        Assert.Equal(Enumerable.Range(3, 7).Select(number => (ulong)number), seen.Select(entry => entry.Sequence));
        Assert.Equal(CommandPayload.BodyOneofCase.Purchase, CommandPayload.Parser.ParseFrom(seen[^1].Command.Payload).BodyCase);
    }

    internal static async Task<SubmitResponse> SubmitAsync(LedgerFixture fixture, PreparedCommand command) =>
        await fixture.Ledger.SubmitAsync(new SubmitRequest { Command = command.Message }, cancellationToken: Stop).ResponseAsync.WithinAsync("the receipt");

    internal static async Task<RpcException> RefuseAsync(LedgerFixture fixture, PreparedCommand command, StatusCode code)
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => SubmitAsync(fixture, command));
        Assert.Equal(code, error.StatusCode);
        return error;
    }
}
