using Grpc.Core;

using KpGrpc.Gateway.Tests.Fakes;
using KpGrpc.Protos.Partner.V1;

using GetReceiptRequest = KpGrpc.Protos.Learner.V1.GetReceiptRequest;
using PartnerReceiptRequest = KpGrpc.Protos.Partner.V1.GetReceiptRequest;

namespace KpGrpc.Gateway.Tests.Services.Receipts;

public sealed class ReceiptReaderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetReceipt_OtherLearners_IsNotFound()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        await fixture.TopUpAsync("alice", 5_000, Cancel);
        var request = GatewayFixture.Buy("alice", "w-1", 1_000);
        var bought = await fixture.Learner.PurchaseAsync(request, cancellationToken: Cancel);
        var sequence = bought.Receipt.Sequence;

        var hers = await fixture.Learner.GetReceiptAsync(new GetReceiptRequest { LearnerId = "alice", Sequence = sequence }, cancellationToken: Cancel);
        Assert.Equal(bought.Receipt.Proof.Leaf, hers.Receipt.Proof.Leaf);
        await AssertNotFoundAsync(fixture, new GetReceiptRequest { LearnerId = "bob", Sequence = sequence });
        await AssertNotFoundAsync(fixture, new GetReceiptRequest { LearnerId = "bob", IdempotencyKey = request.IdempotencyKey });
        await AssertNotFoundAsync(fixture, new GetReceiptRequest { LearnerId = "alice", IdempotencyKey = GatewayFixture.NewKey() });
        await AssertNotFoundAsync(fixture, new GetReceiptRequest { LearnerId = "alice", Sequence = 99 });
    }

    [Fact]
    public async Task GetReceipt_Partner_FindsWhatConcernsHer()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        await fixture.TopUpAsync("alice", 5_000, Cancel);
        var bought = await fixture.Learner.PurchaseAsync(GatewayFixture.Buy("alice", "w-1", 1_000), cancellationToken: Cancel);
        var partner = new PartnerService.PartnerServiceClient(fixture.Gateway.Channel);

        var found = await partner.GetReceiptAsync(new PartnerReceiptRequest { OrganizationId = "producer-1", Sequence = bought.Receipt.Sequence }, cancellationToken: Cancel);
        Assert.Equal(bought.Receipt.Proof.Leaf, found.Receipt.Leaf);
        var stranger = await Assert.ThrowsAsync<RpcException>(
            () => partner.GetReceiptAsync(new PartnerReceiptRequest { OrganizationId = "producer-2", Sequence = bought.Receipt.Sequence }, cancellationToken: Cancel).ResponseAsync);
        Assert.Equal(StatusCode.NotFound, stranger.StatusCode);
        var statement = await partner.GetStatementAsync(new GetStatementRequest { OrganizationId = "producer-1", CurrencyCode = "CNY" }, cancellationToken: Cancel);
        Assert.Equal(1_000, statement.Statement.Credits.MinorUnits);
    }

    private static async Task AssertNotFoundAsync(GatewayFixture fixture, GetReceiptRequest request)
    {
        var missing = await Assert.ThrowsAsync<RpcException>(() => fixture.Learner.GetReceiptAsync(request, cancellationToken: Cancel).ResponseAsync);
        Assert.Equal(StatusCode.NotFound, missing.StatusCode);
    }
}
