using System.Numerics;

using Google.Protobuf.WellKnownTypes;

using Grpc.Core;

using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Payment.V1;

namespace KpGrpc.LedgerServer.Tests.Services.Postings;

public sealed class TrialBalanceReaderTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadAsync_EverySequence_IsWhatWasAnsweredThenAndWhatTheReceiptsSay()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        var payments = new PaymentService.PaymentServiceClient(fixture.Server.Channel);
        var then = new List<GetTrialBalanceResponse>();
        foreach (var (by, setBody) in Script())
        {
            await fixture.AcceptAsync(by, setBody);
            then.Add(await payments.GetTrialBalanceAsync(new(), cancellationToken: Stop));
        }

        var receipts = await ReceiptsAsync(fixture);
        for (var i = 0; i < then.Count; i++)
        {
            var past = await payments.GetTrialBalanceAsync(new() { AsOfSequence = (ulong)i }, cancellationToken: Stop);
            Assert.Equal(then[i], past);
            Assert.True(past.Balanced);
            Assert.Equal(SumsOf(receipts.Take(i + 1)), past.Lines.Select(Text).SingleOrDefault());
        }
    }

    [Fact]
    public async Task ReadAsync_AfterARestart_GivesThePastAgain()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        await Market.OpenAsync(fixture);
        var before = await new PaymentService.PaymentServiceClient(fixture.Server.Channel).GetTrialBalanceAsync(new() { AsOfSequence = 2 }, cancellationToken: Stop);
        await fixture.StopServerAsync();
        await fixture.StartServerAsync();

        var after = await new PaymentService.PaymentServiceClient(fixture.Server.Channel).GetTrialBalanceAsync(new() { AsOfSequence = 2 }, cancellationToken: Stop);

        Assert.Equal(100_000, Assert.Single(before.Lines).DebitsPosted.MinorUnits);
        Assert.Equal(before, after);
    }

    [Fact]
    public async Task ReadAsync_FutureOrMoreAccountsThanTheLimit_IsRefusedAndTheNewestIsNot()
    {
        await using var fixture = await LedgerFixture.StartAsync(null, "Ledger:PastTrialBalanceAccountsMax=1");
        await Market.OpenAsync(fixture);
        var payments = new PaymentService.PaymentServiceClient(fixture.Server.Channel);

        var future = await Assert.ThrowsAsync<RpcException>(async () => await payments.GetTrialBalanceAsync(new() { AsOfSequence = 99 }, cancellationToken: Stop));
        var many = await Assert.ThrowsAsync<RpcException>(async () => await payments.GetTrialBalanceAsync(new() { AsOfSequence = 1 }, cancellationToken: Stop));

        Assert.Equal(StatusCode.OutOfRange, future.StatusCode);
        Assert.Equal(StatusCode.ResourceExhausted, many.StatusCode);
        Assert.Contains("2 accounts were open at sequence 1, and Ledger:PastTrialBalanceAccountsMax", many.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(1UL, Assert.Single((await payments.GetTrialBalanceAsync(new() { AsOfSequence = 0 }, cancellationToken: Stop)).Lines).Accounts);
        Assert.Equal(2UL, Assert.Single((await payments.GetTrialBalanceAsync(new(), cancellationToken: Stop)).Lines).Accounts);
    }

    // Sales, a refund, and holds that are placed, captured in part and released.
    private static IEnumerable<(string By, Action<CommandPayload> SetBody)> Script()
    {
        foreach (var command in Market.Opening(works: 2, deposit: 100_000, new AccountOwner { OrganizationId = "platform" }))
        {
            yield return command;
        }

        yield return ("producer", payload => payload.OpenAccount = new(Market.Wallet(new AccountOwner { OrganizationId = "producer" })) { AccountId = "shop" });
        for (var i = 0; i < 2; i++)
        {
            var (hold, purchase) = ($"h-{i}", Market.Purchase($"p-{i}", $"work-{i}"));
            yield return ("platform", payload => payload.Purchase = purchase);
            yield return ("platform", payload => payload.PlaceHold = new PlaceHold
            {
                HoldId = hold,
                AccountId = Market.WalletId,
                DestinationAccountId = "shop",
                Amount = Market.Eur(101),
                ExpiresAt = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow().AddHours(2)),
            });
            yield return ("producer", payload => payload.CaptureHold = new CaptureHold { HoldId = hold, Amount = Market.Eur(31) });
        }

        yield return ("platform", payload => payload.ReleaseHold = new ReleaseHold { HoldId = "h-0" });
        yield return ("platform", payload => payload.Refund = new Refund { RefundId = "r", PurchaseId = "p-0", Amount = Market.Eur(7) });
    }

    private static async Task<List<Receipt>> ReceiptsAsync(LedgerFixture fixture)
    {
        var receipts = new List<Receipt>();
        var next = (await fixture.Ledger.GetStatusAsync(new(), cancellationToken: Stop)).NextSequence;
        for (var sequence = 0UL; sequence < next; sequence++)
        {
            receipts.Add(Receipt.Parser.ParseFrom((await fixture.Ledger.GetReceiptAsync(new() { Sequence = sequence }, cancellationToken: Stop)).Receipt.Leaf));
        }

        return receipts;
    }

    // The model: every effect of every receipt so far, added up from nothing; null where no account is open.
    private static string? SumsOf(IEnumerable<Receipt> receipts)
    {
        var effects = receipts.SelectMany(receipt => receipt.Effects).ToList();
        var accounts = effects.Count(effect => effect.AccountOpened is not null);
        return accounts == 0 ? null : $"{Sum(Direction.Debit, true)} {Sum(Direction.Credit, true)} {Sum(Direction.Debit, false)} {Sum(Direction.Credit, false)} {accounts}";

        BigInteger Sum(Direction direction, bool posted) => effects.Select(effect => effect.Posting).OfType<Posting>()
            .Where(posting => posting.Direction == direction && posting.State == PostingState.Posted == posted)
            .Aggregate(BigInteger.Zero, (sum, posting) => sum + (posting.State == PostingState.Released ? -posting.Amount.MinorUnits : posting.Amount.MinorUnits));
    }

    private static string Text(TrialBalanceLine line) =>
        $"{line.DebitsPosted.MinorUnits} {line.CreditsPosted.MinorUnits} {line.DebitsHeld.MinorUnits} {line.CreditsHeld.MinorUnits} {line.Accounts}";
}
