using Grpc.Core;

using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Payment.V1;

namespace KpGrpc.LedgerServer.Tests.Services;

public sealed class PaymentServiceTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetStatement_OfAParty_LinesPointToReceiptsAndSumUp()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        await Market.OpenAsync(fixture, works: 3);
        for (var i = 0; i < 3; i++)
        {
            await fixture.AcceptAsync("platform", payload => payload.Purchase = Market.Purchase($"p-{i}", $"work-{i}"));
        }

        var payments = new PaymentService.PaymentServiceClient(fixture.Server.Channel);
        var request = new GetStatementRequest { OrganizationId = "producer", CurrencyCode = "EUR", Sequences = new SequenceRange(), PageSize = 2 };
        var first = await payments.GetStatementAsync(request, cancellationToken: Stop);
        var second = await payments.GetStatementAsync(new(request) { PageToken = first.NextPageToken }, cancellationToken: Stop);

        Assert.Equal([2, 1], [first.Lines.Count, second.Lines.Count]);
        Assert.Empty(second.NextPageToken);
        Assert.Equal(3 * 705, first.Credits.MinorUnits);
        Assert.Equal(first.ClosingBalance, second.ClosingBalance);
        Assert.Equal(first.OpeningBalance.MinorUnits + first.Credits.MinorUnits - first.Debits.MinorUnits, first.ClosingBalance.MinorUnits);
        foreach (var line in first.Lines.Concat(second.Lines))
        {
            var receipt = (await fixture.Ledger.GetReceiptAsync(new() { Sequence = line.Sequence }, cancellationToken: Stop)).Receipt;
            Assert.Equal(MerkleHasher.HashLeaf(receipt.Leaf.Span).ToArray(), line.LeafHash.ToByteArray());
            var posting = Receipt.Parser.ParseFrom(receipt.Leaf).Effects[(int)line.EffectIndex].Posting;
            Assert.Equal((line.AccountId, line.Amount, line.Direction), (posting.AccountId, posting.Amount, posting.Direction));
        }

        var error = await Assert.ThrowsAsync<RpcException>(async () => await payments.GetStatementAsync(
            new(request) { PageToken = first.NextPageToken, OrganizationId = "platform" }, cancellationToken: Stop));
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
    }

    [Fact]
    public async Task GetBalance_NowAndEarlier_IsThatOfTheSequence()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        await Market.OpenAsync(fixture);
        var payments = new PaymentService.PaymentServiceClient(fixture.Server.Channel);
        var purchase = await fixture.AcceptAsync("platform", payload => payload.Purchase = Market.Purchase("p", "work-0"));

        var now = (await payments.GetBalanceAsync(new() { AccountId = Market.WalletId }, cancellationToken: Stop)).Balance;
        var before = (await payments.GetBalanceAsync(new() { AccountId = Market.WalletId, AsOfSequence = purchase.Receipt.Sequence - 1 }, cancellationToken: Stop)).Balance;

        Assert.Equal((Market.PriceMinorUnits, 100_000), (now.DebitsPosted.MinorUnits, now.CreditsPosted.MinorUnits));
        Assert.Equal((0, 100_000), (before.DebitsPosted.MinorUnits, before.CreditsPosted.MinorUnits));
        Assert.Equal(now, (await payments.GetAccountAsync(new() { AccountId = Market.WalletId }, cancellationToken: Stop)).Balance);
        await RefuseAsync(StatusCode.NotFound, async () => await payments.GetBalanceAsync(new() { AccountId = Market.WalletId, AsOfSequence = 0 }, cancellationToken: Stop));
        await RefuseAsync(StatusCode.OutOfRange, async () => await payments.GetBalanceAsync(new() { AccountId = Market.WalletId, AsOfSequence = 99 }, cancellationToken: Stop));
        await RefuseAsync(StatusCode.NotFound, async () => await payments.GetAccountAsync(new() { AccountId = "no-such" }, cancellationToken: Stop));
        await RefuseAsync(StatusCode.InvalidArgument, async () => await payments.GetAccountAsync(new(), cancellationToken: Stop));
        await RefuseAsync(StatusCode.NotFound, async () => await payments.GetAccountAsync(new() { AccountId = "a", LedgerId = "other" }, cancellationToken: Stop));
    }

    [Fact]
    public async Task GetPurchase_AfterASale_TellsSplitAndReceiptAndTheBooksBalance()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        await Market.OpenAsync(fixture);
        var payments = new PaymentService.PaymentServiceClient(fixture.Server.Channel);
        var answered = await fixture.AcceptAsync("platform", payload => payload.Purchase = Market.Purchase("p", "work-0"));

        var purchase = (await payments.GetPurchaseAsync(new() { PurchaseId = "p" }, cancellationToken: Stop)).Purchase;
        var trial = await payments.GetTrialBalanceAsync(new(), cancellationToken: Stop);
        var accounts = await payments.ListAccountsAsync(new() { Kind = AccountKind.Revenue }, cancellationToken: Stop);

        Assert.Equal(answered.Receipt.Effects.Single(effect => effect.PurchaseMade is not null).PurchaseMade.Split, purchase.Split);
        Assert.Equal(MerkleHasher.HashLeaf(answered.Proof.Leaf.Span).ToArray(), purchase.LeafHash.ToByteArray());
        Assert.Equal(4, accounts.Accounts.Count);
        Assert.True(trial.Balanced);
        Assert.Equal(100_000 + Market.PriceMinorUnits, Assert.Single(trial.Lines).DebitsPosted.MinorUnits);
        await RefuseAsync(StatusCode.NotFound, async () => await payments.GetPurchaseAsync(new() { PurchaseId = "q" }, cancellationToken: Stop));
    }

    [Fact]
    public async Task GetPurchase_AfterRefundAndChargeback_ListsBothAndWhatWasGivenBack()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        await Market.OpenAsync(fixture);
        var payments = new PaymentService.PaymentServiceClient(fixture.Server.Channel);
        await fixture.AcceptAsync("platform", payload => payload.Purchase = Market.Purchase("p", "work-0"));
        await fixture.AcceptAsync("platform", payload => payload.Refund = new Refund { RefundId = "r", PurchaseId = "p", Amount = Market.Eur(7) });
        var answered = await fixture.AcceptAsync(
            "payment-provider", payload => payload.Chargeback = new Chargeback { ChargebackId = "c", PurchaseId = "p", ExternalReference = "dispute" });

        var purchase = (await payments.GetPurchaseAsync(new() { PurchaseId = "p" }, cancellationToken: Stop)).Purchase;

        Assert.Equal(purchase.Price, purchase.Refunded);
        Assert.Equal([("r", false, 7L), ("c", true, Market.PriceMinorUnits - 7)], purchase.Refunds.Select(r => (r.RefundId, r.Chargeback, r.Split.Amount.MinorUnits)));
        Assert.Equal(answered.Receipt.Sequence, purchase.Refunds[1].Sequence);
    }

    [Fact]
    public async Task GetHold_PlacedAndPartlyCaptured_TellsWhatRemains()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        await Market.OpenAsync(fixture);
        var payments = new PaymentService.PaymentServiceClient(fixture.Server.Channel);
        await fixture.AcceptAsync("producer", payload => payload.OpenAccount = new OpenAccount
        {
            AccountId = "shop",
            Owner = new AccountOwner { OrganizationId = "producer" },
            Kind = AccountKind.Wallet,
            CurrencyCode = "EUR",
            Exponent = 2,
        });
        await fixture.AcceptAsync("platform", payload => payload.PlaceHold = new PlaceHold
        {
            HoldId = "hold",
            AccountId = Market.WalletId,
            DestinationAccountId = "shop",
            Amount = Market.Eur(100),
        });
        await fixture.AcceptAsync("producer", payload => payload.CaptureHold = new CaptureHold { HoldId = "hold", Amount = Market.Eur(30) });
        await fixture.AcceptAsync("producer", payload => payload.PostMultiple = new PostMultiple
        {
            Lines =
            {
                new PostingLine { AccountId = "shop", Direction = Direction.Debit, Amount = Market.Eur(10) },
                new PostingLine { AccountId = Market.WalletId, Direction = Direction.Credit, Amount = Market.Eur(10) },
            },
        });
        await fixture.AcceptAsync("producer", payload => payload.Payout = new Payout
        {
            AccountId = "shop",
            ClearingAccountId = "clearing",
            Amount = Market.Eur(20),
            ExternalReference = "payout-1",
        });

        var hold = (await payments.GetHoldAsync(new() { HoldId = "hold" }, cancellationToken: Stop)).Hold;
        var balance = (await payments.GetBalanceAsync(new() { AccountId = Market.WalletId }, cancellationToken: Stop)).Balance;
        var statement = await payments.GetStatementAsync(
            new() { OrganizationId = "producer", CurrencyCode = "EUR", Sequences = new SequenceRange() }, cancellationToken: Stop);

        Assert.Equal((100, 30, 70, HoldStatus.Open), (hold.Amount.MinorUnits, hold.Captured.MinorUnits, hold.Remaining.MinorUnits, hold.Status));
        Assert.Equal((30, 70), (balance.DebitsPosted.MinorUnits, balance.DebitsHeld.MinorUnits));
        Assert.Equal([30L, 10, 20], statement.Lines.Select(line => line.Amount.MinorUnits));
        await fixture.AcceptAsync("platform", payload => payload.ReleaseHold = new ReleaseHold { HoldId = "hold" });
        hold = (await payments.GetHoldAsync(new() { HoldId = "hold" }, cancellationToken: Stop)).Hold;
        Assert.Equal((HoldStatus.Released, 0), (hold.Status, hold.Remaining.MinorUnits));
        await RefuseAsync(StatusCode.NotFound, async () => await payments.GetHoldAsync(new() { HoldId = "none" }, cancellationToken: Stop));
    }

    private static async Task RefuseAsync(StatusCode code, Func<Task> call) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<RpcException>(call)).StatusCode);
}
