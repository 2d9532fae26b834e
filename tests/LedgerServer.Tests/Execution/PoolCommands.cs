using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Periods;
using KpGrpc.LedgerServer.Execution.Pools;

namespace KpGrpc.LedgerServer.Tests.Execution;

/// <summary>Commands that are accepted in the order of a pool's settlement; tests change one thing at a time.</summary>
internal static class PoolCommands
{
    public const long Day = OrderTime.MicrosPerDay;

    public static readonly string OtherLearner = new('b', 64);

    public static OpenSettlementPeriod Period(string id = "period", int fromDay = 0, int untilDay = 30) =>
        new(id, TestLedger.Start + (fromDay * Day), TestLedger.Start + (untilDay * Day));

    public static OpenPool Pool(string id = "pool", PoolMethod method = PoolMethod.ProRata) => new()
    {
        PoolId = id,
        AccountId = id + "-account",
        CurrencyCode = "EUR",
        Exponent = 2,
        Method = method,
        MemberOrganizationIds = ["tech"],
    };

    public static Subscribe Payment(string id, long minorUnits, string? learner = null) => new()
    {
        SubscriptionId = id,
        PoolId = "pool",
        LearnerPseudonym = learner ?? SampleCommands.Learner,
        PayerAccountId = learner is null ? "wallet" : "plat-wallet",
        Amount = SampleCommands.Eur(minorUnits),
        PeriodId = "period",
    };

    public static RecordUsage Usage(params UsageEntry[] entries) => new("pool", "period", entries);

    public static UsageEntry Use(string work, ulong units, string? learner = null) =>
        new(work, learner ?? SampleCommands.Learner, units);

    public static SettlePool Settlement(long? expected = null) =>
        new("pool", "period", expected is { } amount ? SampleCommands.Eur(amount) : null);

    /// <summary>Two splits of the same parties: the sale's as it stands, and one of subscriptions.</summary>
    /// <param name="untilDay">Day of its end; null for none.</param>
    public static ProposeAgreement Agreement(int? untilDay = null) =>
        SampleCommands.Agreement().With(terms => terms with
        {
            EffectiveUntilMicros = untilDay is { } day ? TestLedger.Start + (day * Day) : null,
            Splits = [terms.Splits[0], terms.Splits[0] with { RevenueKind = RevenueKind.Subscription }],
        });

    /// <summary>A ledger with two works, 500.00 with a learner and with the platform, a period of 30 days and a pool.</summary>
    public static TestLedger ReadyToPool(PoolMethod method = PoolMethod.ProRata, int? untilDay = null)
    {
        var ledger = new TestLedger();
        ledger.Accept("pay", SampleCommands.Clearing());
        ledger.Accept("plat", SampleCommands.Wallet());
        ledger.Accept("plat", SampleCommands.OwnWallet("plat"));
        ledger.Accept("pay", SampleCommands.Deposit(50_000));
        ledger.Accept("pay", SampleCommands.Deposit(50_000, "ref-2", "plat-wallet"));
        ledger.Accept("prod", SampleCommands.Work());
        ledger.Accept("prod", SampleCommands.Work("work2"));
        ledger.Accept("prod", Agreement(untilDay));
        foreach (var party in new[] { "plat", "tech", "op" })
        {
            ledger.Accept(party, SampleCommands.Acceptance());
        }

        ledger.Accept("op", Period());
        ledger.Accept("plat", Pool(method: method));
        return ledger;
    }

    /// <summary>Settles a pool to its last work; returns the receipts in order.</summary>
    public static IReadOnlyList<Receipt> SettleAll(this TestLedger ledger, string by = "plat")
    {
        var receipts = new List<Receipt>();
        do
        {
            receipts.Add(ledger.Accept(by, Settlement()));
        }
        while (receipts[^1].Effects.OfType<PoolSettled>().Last().WorksRemaining > 0);

        return receipts;
    }
}
