using Grpc.Core;

using KpGrpc.Gateway.Tests.Fakes;
using KpGrpc.Protos.Learner.V1;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.ServiceDefaults.Errors;
using KpGrpc.Testing;

using GetReceiptRequest = KpGrpc.Protos.Learner.V1.GetReceiptRequest;

namespace KpGrpc.Gateway.Tests.Services.Purchases;

public sealed class PurchaseFlowTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Purchase_EnoughMoney_CompletesWithReceiptEntitlementAndEvent()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        var paidIn = await fixture.TopUpAsync("alice", 5_000, Cancel);
        Assert.Equal(5_000, paidIn.Balance.Available.MinorUnits);

        var request = GatewayFixture.Buy("alice", "w-1", 1_000);
        var answer = await fixture.Learner.PurchaseAsync(request, cancellationToken: Cancel).ResponseAsync.WithinAsync("the purchase");

        Assert.Equal(Outcome.Completed, answer.Outcome);
        Assert.False(answer.Replayed);
        Assert.Equal(ReceiptKind.Purchase, answer.Receipt.Kind);
        Assert.Equal("w-1", answer.Receipt.WorkId);
        Assert.Equal(1_000, answer.Receipt.Amount.MinorUnits);
        Assert.Equal(SplitRole.Content, Assert.Single(answer.Receipt.Split).Role);
        Assert.Equal(3u, answer.Receipt.Proof.TreeSize);
        Assert.Equal("fake.example/log+00000000+AAAA", answer.Receipt.Proof.LogVkey);
        Assert.Equal(answer.Receipt.PurchaseId, answer.Entitlement.LicenceId);
        var recorded = Assert.Single(fixture.Inference.Events.Values);
        Assert.Equal("alice", recorded.LearnerId);
        Assert.Equal(1_000, recorded.Price.MinorUnits);
        var wallet = await fixture.Learner.GetWalletAsync(new GetWalletRequest { LearnerId = "alice" }, cancellationToken: Cancel);
        Assert.Equal(4_000, Assert.Single(wallet.Balances).Available.MinorUnits);
        var library = await fixture.Learner.GetLibraryAsync(new GetLibraryRequest { LearnerId = "alice", LanguageTag = "zh" }, cancellationToken: Cancel);
        Assert.Equal("睡个好觉", Assert.Single(library.Items).Work.Title);
    }

    [Fact]
    public async Task TopUp_OverTheBound_RefusedWithTheBound()
    {
        await using var fixture = await GatewayFixture.StartAsync("Gateway:TopUpMinorUnitsMax=5000");

        await fixture.TopUpAsync("alice", 5_000, Cancel);
        var error = await Assert.ThrowsAsync<RpcException>(() => fixture.TopUpAsync("alice", 5_001, Cancel));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Contains("amount.minor_units", error.Status.Detail, StringComparison.Ordinal);
        Assert.Contains("5000", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Purchase_SameKeyAfterRestart_ReplaysTheFirstReceiptByteForByte()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        await fixture.TopUpAsync("alice", 5_000, Cancel);
        var request = GatewayFixture.Buy("alice", "w-1", 1_000);
        var first = await fixture.Learner.PurchaseAsync(request, cancellationToken: Cancel);

        // The price has moved and the Gateway was restarted meanwhile: the first answer stands.
        fixture.Ledger.Prices["w-1"] = 9_000;
        await fixture.RestartGatewayAsync();
        var second = await fixture.Learner.PurchaseAsync(request, cancellationToken: Cancel);

        Assert.True(second.Replayed);
        Assert.Equal(first.Receipt.Proof.Leaf, second.Receipt.Proof.Leaf);
        Assert.Equal(3, fixture.Ledger.Submitted.Count);
        Assert.Single(fixture.Inference.Events);
    }

    [Fact]
    public async Task Purchase_SameKeyOtherBody_IsAlreadyExists()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        await fixture.TopUpAsync("alice", 5_000, Cancel);
        var key = GatewayFixture.NewKey();
        await fixture.Learner.PurchaseAsync(GatewayFixture.Buy("alice", "w-1", 1_000, key), cancellationToken: Cancel);

        var conflict = await Assert.ThrowsAsync<RpcException>(
            () => fixture.Learner.PurchaseAsync(GatewayFixture.Buy("alice", "w-2", 2_000, key), cancellationToken: Cancel).ResponseAsync);

        Assert.Equal(StatusCode.AlreadyExists, conflict.StatusCode);
        var other = await fixture.TopUpAsync("bob", 5_000, Cancel);
        Assert.Equal(Outcome.Completed, other.Outcome);
        // Another learner's key is hers alone, even where the bytes are the same.
        var hers = await fixture.Learner.PurchaseAsync(GatewayFixture.Buy("bob", "w-2", 2_000, key), cancellationToken: Cancel);
        Assert.False(hers.Replayed);
    }

    [Theory]
    [InlineData(RejectionReason.PriceMismatch, "PRICE_CHANGED")]
    [InlineData(RejectionReason.AlreadyLicensed, "ALREADY_OWNED")]
    [InlineData(RejectionReason.OfferClosed, "NOT_ON_SALE")]
    [InlineData(RejectionReason.NoActiveAgreement, "NO_AGREEMENT")]
    [InlineData(RejectionReason.OrganizationSuspended, "ORGANIZATION_SUSPENDED")]
    public async Task Purchase_RejectedByTheLedger_NamesTheViolationOnEveryRetry(RejectionReason reason, string violation)
    {
        await using var fixture = await GatewayFixture.StartAsync();
        fixture.Ledger.RejectNext = reason;
        var request = GatewayFixture.Buy("alice", "w-1", 1_000);
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var refused = await Assert.ThrowsAsync<RpcException>(() => fixture.Learner.PurchaseAsync(request, cancellationToken: Cancel).ResponseAsync);
            Assert.Equal(StatusCode.FailedPrecondition, refused.StatusCode);
            Assert.Equal(violation, refused.Violation());
        }

        var other = GatewayFixture.Buy("alice", "w-2", 2_000, request.IdempotencyKey);
        var conflict = await Assert.ThrowsAsync<RpcException>(() => fixture.Learner.PurchaseAsync(other, cancellationToken: Cancel).ResponseAsync);
        Assert.Equal(StatusCode.AlreadyExists, conflict.StatusCode);
        Assert.Single(fixture.Ledger.Submitted);
    }

    [Fact]
    public async Task Purchase_WithoutWallet_IsInsufficientFundsButFreeWorksGoThrough()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        var refused = await Assert.ThrowsAsync<RpcException>(
            () => fixture.Learner.PurchaseAsync(GatewayFixture.Buy("alice", "w-1", 1_000), cancellationToken: Cancel).ResponseAsync);
        Assert.Equal("INSUFFICIENT_FUNDS", refused.Violation());

        var free = await fixture.Learner.PurchaseAsync(GatewayFixture.Buy("alice", "w-3", 0), cancellationToken: Cancel);
        Assert.Equal(Outcome.Completed, free.Outcome);
    }

    [Fact]
    public async Task Purchase_PriceChangedOrUnknownWork_IsRefusedBeforeAnythingIsSigned()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        var changed = await Assert.ThrowsAsync<RpcException>(
            () => fixture.Learner.PurchaseAsync(GatewayFixture.Buy("alice", "w-1", 999), cancellationToken: Cancel).ResponseAsync);
        Assert.Equal("PRICE_CHANGED", changed.Violation());

        var unknown = await Assert.ThrowsAsync<RpcException>(
            () => fixture.Learner.PurchaseAsync(GatewayFixture.Buy("alice", "nowhere", 1_000), cancellationToken: Cancel).ResponseAsync);
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);

        var withdrawn = await Assert.ThrowsAsync<RpcException>(
            () => fixture.Learner.PurchaseAsync(GatewayFixture.Buy("alice", "withdrawn", 1_000), cancellationToken: Cancel).ResponseAsync);
        Assert.Equal("NOT_ON_SALE", withdrawn.Violation());
        Assert.Empty(fixture.Ledger.Submitted);
    }

    [Fact]
    public async Task Purchase_LedgerTooSlow_IsUnknownAndReconcilesByTheSameKey()
    {
        await using var fixture = await GatewayFixture.StartAsync("Gateway:DownstreamDeadline=00:00:02");
        await fixture.TopUpAsync("alice", 5_000, Cancel);
        var hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.Ledger.HoldAnswers = hold;
        var request = GatewayFixture.Buy("alice", "w-1", 1_000);

        var unknown = await fixture.Learner.PurchaseAsync(request, cancellationToken: Cancel).ResponseAsync.WithinAsync("an answer");
        Assert.Equal(Outcome.Unknown, unknown.Outcome);
        Assert.Equal(request.IdempotencyKey, unknown.IdempotencyKey);
        Assert.Null(unknown.Receipt);

        hold.SetResult();
        fixture.Ledger.HoldAnswers = null;
        var found = await fixture.Learner.GetReceiptAsync(new GetReceiptRequest { LearnerId = "alice", IdempotencyKey = request.IdempotencyKey }, cancellationToken: Cancel);
        Assert.Equal("w-1", found.Receipt.WorkId);
        var again = await fixture.Learner.PurchaseAsync(request, cancellationToken: Cancel);
        Assert.Equal(Outcome.Completed, again.Outcome);
        Assert.True(again.Replayed);
        Assert.Equal(4_000, Assert.Single(fixture.Ledger.Balances.Values));
    }

    [Theory]
    [InlineData(false, Outcome.Unknown)]
    [InlineData(true, null)]
    public async Task Purchase_ResourceExhausted_IsARefusalOnlyWithTheLedgersDetails(bool details, Outcome? outcome)
    {
        await using var fixture = await GatewayFixture.StartAsync();
        await fixture.TopUpAsync("alice", 5_000, Cancel);
        fixture.Ledger.FailSubmit = details
            ? RichErrors.ResourceExhausted("full", TimeSpan.FromMilliseconds(1))
            : new RpcException(new Status(StatusCode.ResourceExhausted, "Received message exceeds the maximum configured message size."));

        var call = fixture.Learner.PurchaseAsync(GatewayFixture.Buy("alice", "w-1", 1_000), cancellationToken: Cancel).ResponseAsync;

        if (outcome is { } expected)
        {
            Assert.Equal(expected, (await call.WithinAsync("an answer")).Outcome);
        }
        else
        {
            Assert.Equal(StatusCode.ResourceExhausted, (await Assert.ThrowsAsync<RpcException>(() => call.WithinAsync("a refusal"))).StatusCode);
        }
    }

    [Fact]
    public async Task TopUp_OpeningOfTheWalletUnknown_IsUnavailableWithAdviceAndNoMoneyMoved()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        fixture.Ledger.FailSubmit = new RpcException(new Status(StatusCode.DeadlineExceeded, "too slow"));

        var error = await Assert.ThrowsAsync<RpcException>(() => fixture.TopUpAsync("alice", 5_000, Cancel));

        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.NotNull(error.GetRpcStatus()!.GetDetail<Google.Rpc.RetryInfo>());
        Assert.Empty(fixture.Ledger.Balances);
    }

    [Fact]
    public async Task Purchase_LedgerAwayBeforeSending_IsUnavailableAndNothingIsSent()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        fixture.Ledger.IsAway = true;
        var away = await Assert.ThrowsAsync<RpcException>(
            () => fixture.Learner.PurchaseAsync(GatewayFixture.Buy("alice", "w-1", 1_000), cancellationToken: Cancel).ResponseAsync);
        Assert.Equal(StatusCode.Unavailable, away.StatusCode);
        Assert.Empty(fixture.Ledger.Submitted);
    }

    [Fact]
    public async Task Purchase_InferenceAway_CompletesAndRecordsTheEventLater()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        await fixture.TopUpAsync("alice", 5_000, Cancel);
        fixture.Inference.EventsAway = true;

        var answer = await fixture.Learner.PurchaseAsync(GatewayFixture.Buy("alice", "w-1", 1_000), cancellationToken: Cancel);
        Assert.Equal(Outcome.Completed, answer.Outcome);
        Assert.Empty(fixture.Inference.Events);

        fixture.Inference.EventsAway = false;
        await TimeLimit.UntilAsync(() => Task.FromResult(fixture.Inference.Events.Count == 1), "the event");
    }

    [Fact]
    public async Task TopUp_NoProviderKeyOrOtherProvider_IsRefusedClearly()
    {
        await using var fixture = await GatewayFixture.StartAsync("Gateway:ProviderKeyPath=");
        var refused = await Assert.ThrowsAsync<RpcException>(() => fixture.TopUpAsync("alice", 5_000, Cancel));
        Assert.Equal(StatusCode.FailedPrecondition, refused.StatusCode);
        Assert.Contains("Gateway:ProviderKeyPath", refused.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TopUp_SameKey_PaysInOnce()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        var request = new TopUpRequest { IdempotencyKey = GatewayFixture.NewKey(), LearnerId = "alice", Amount = FakeLedger.Yuan(700) };
        await fixture.Learner.TopUpAsync(request, cancellationToken: Cancel);
        var second = await fixture.Learner.TopUpAsync(request, cancellationToken: Cancel);
        Assert.True(second.Replayed);
        Assert.Equal(700, second.Balance.Posted.MinorUnits);
    }
}
