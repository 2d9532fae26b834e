using Google.Protobuf.WellKnownTypes;

using KpGrpc.LedgerServer.Admission;
using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.LedgerServer.Tests.Simulation;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Payment.V1;
using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.Golden;

/// <summary>
/// The bytes of carrying a pool's unused money, kept in <c>Vectors/golden-carry.txt</c> beside those of
/// <see cref="GoldenRootTests"/>, which were fixed before it: nothing that was released may ever change either.
/// </summary>
public sealed class GoldenCarryTests : IDisposable
{
    private readonly FixedNetwork network = new();
    private readonly TemporaryDirectory folder = new();

    [Fact]
    public async Task Run_TheScript_HasTheGoldenRoot() =>
        await GoldenVector.CheckAsync(await RunAsync("one", batchMax: 1), "golden-carry.txt");

    [Fact]
    public async Task Run_TogetherAndReplayed_GivesTheSameRootStateAndRows()
    {
        var expected = await RunAsync("one", batchMax: 1);

        AssertSame(expected, await RunAsync("together", batchMax: 100));
        AssertSame(expected, GoldenRun.OfReplay(network, folder.Combine("one")));
    }

    public void Dispose()
    {
        folder.Dispose();
        network.Dispose();
    }

    private static void AssertSame(GoldenRun expected, GoldenRun found)
    {
        Assert.Equal(expected.Root, found.Root);
        Assert.Equal(expected.State, found.State);
        Assert.Equal(expected.Leaves, found.Leaves);
        Assert.Equal(expected.Columns, found.Columns);
    }

    private Task<GoldenRun> RunAsync(string name, int batchMax)
    {
        AdmittedCommand[] commands = [.. Commands().Select((command, i) => network.Command(i, command.By, command.SetBody))];
        var phase = new GoldenPhase(FixedNetwork.StartMicros, commands);
        return GoldenRun.OfAsync(network, folder.Combine(name), [phase], all => all.Select(command => new[] { command }), batchMax);
    }

    // Three periods that were over before they opened. The first one's money joins the second's, and both go to the third.
    private static IEnumerable<(string By, Action<CommandPayload> SetBody)> Commands()
    {
        yield return ("payment-provider", payload => payload.OpenAccount = Market.Clearing());
        yield return ("platform", payload => payload.OpenAccount = Market.Wallet(new AccountOwner { OrganizationId = "platform" }));
        yield return ("payment-provider", payload => payload.Deposit = Market.Deposit(1_000_000, "deposit-1"));
        yield return ("platform", payload => payload.OpenPool = new OpenPool
        {
            PoolId = "pool",
            AccountId = "pool-account",
            CurrencyCode = "EUR",
            Exponent = 2,
            Method = PoolMethod.UserCentric,
        });
        foreach (var (id, year) in new[] { ("first", 50), ("second", 51), ("third", 52) })
        {
            yield return ("operator", payload => payload.OpenSettlementPeriod = new OpenSettlementPeriod { PeriodId = id, StartsAt = Year(year), EndsAt = Year(year + 1) });
        }

        yield return Pay("s-1", 'a', 601, "first");
        yield return Pay("s-2", 'b', 400, "first");
        yield return Pay("s-3", 'b', 50, "second");
        yield return ("platform", payload => payload.SettlePool = Carry("first", ""));
        yield return ("platform", payload => payload.SettlePool = Carry("first", "first"));
        yield return ("platform", payload => payload.SettlePool = Carry("first", "second"));
        yield return ("platform", payload => payload.SettlePool = Carry("first", "second"));
        yield return Pay("s-4", 'a', 1, "first");
        yield return ("operator", payload => payload.CloseSettlementPeriod = new CloseSettlementPeriod { PeriodId = "first" });
        yield return ("operator", payload =>
        {
            payload.SettlePool = Carry("second", "third");
            payload.SettlePool.ExpectedAmount = Market.Eur(1_051);
        }
        );
    }

    private static (string By, Action<CommandPayload> SetBody) Pay(string id, char learner, long minorUnits, string periodId) =>
        ("platform", payload => payload.Subscribe = new Subscribe
        {
            SubscriptionId = id,
            PoolId = "pool",
            LearnerPseudonym = GoldenTrade.Learner(learner),
            PayerAccountId = Market.WalletId,
            Amount = Market.Eur(minorUnits),
            PeriodId = periodId,
        });

    private static SettlePool Carry(string from, string to) => new() { PoolId = "pool", PeriodId = from, CarryToPeriodId = to };

    private static Timestamp Year(int sinceEpoch) => Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch.AddYears(sinceEpoch));
}
