using Google.Protobuf.WellKnownTypes;

using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.Protos.Payment.V1;

namespace KpGrpc.LedgerServer.Tests.Services;

public sealed class PoolQueriesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetPool_AfterACarry_ShowsTheMoneyInTheLaterPeriodAndTheFirstAsFinal()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        await OpenAsync(fixture);

        var carried = await fixture.AcceptAsync("platform", payload => payload.SettlePool = new SettlePool { PoolId = "pool", PeriodId = "first", CarryToPeriodId = "second" });
        await fixture.StopServerAsync();
        await fixture.StartServerAsync();

        var effect = Assert.Single(carried.Receipt.Effects).PoolCarried;
        Assert.Equal(("pool", "first", "second", Market.Eur(1_001), 1U), (effect.PoolId, effect.FromPeriodId, effect.ToPeriodId, effect.Amount, effect.Payers));
        var (first, second) = (await HoldingAsync(fixture, "first"), await HoldingAsync(fixture, "second"));
        Assert.Equal((0, true, 0U, 0U), (first.Paid.MinorUnits, first.Divided, first.Works, first.WorksRemaining));
        Assert.Equal((1_001, false), (second.Paid.MinorUnits, second.Divided));
        await fixture.AcceptAsync("operator", payload => payload.CloseSettlementPeriod = new CloseSettlementPeriod { PeriodId = "first" });
    }

    private static async Task<PoolHolding> HoldingAsync(LedgerFixture fixture, string periodId) =>
        (await new PaymentService.PaymentServiceClient(fixture.Server.Channel).GetPoolAsync(new() { PoolId = "pool", PeriodId = periodId }, cancellationToken: Stop)).Holding;

    // Periods that were over before they opened, so that no test waits for an end.
    private static async Task OpenAsync(LedgerFixture fixture)
    {
        await Market.OpenAsync(fixture);
        foreach (var (id, year) in new[] { ("first", 50), ("second", 51) })
        {
            await fixture.AcceptAsync("operator", payload => payload.OpenSettlementPeriod = new OpenSettlementPeriod { PeriodId = id, StartsAt = Year(year), EndsAt = Year(year + 1) });
        }

        await fixture.AcceptAsync("platform", payload => payload.OpenPool = new OpenPool
        {
            PoolId = "pool",
            AccountId = "pool-account",
            CurrencyCode = "EUR",
            Exponent = 2,
            Method = PoolMethod.ProRata,
        });
        await fixture.AcceptAsync("platform", payload => payload.Subscribe = new Subscribe
        {
            SubscriptionId = "s",
            PoolId = "pool",
            LearnerPseudonym = Market.Learner,
            PayerAccountId = Market.WalletId,
            Amount = Market.Eur(1_001),
            PeriodId = "first",
        });
    }

    private static Timestamp Year(int sinceEpoch) => Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch.AddYears(sinceEpoch));
}
