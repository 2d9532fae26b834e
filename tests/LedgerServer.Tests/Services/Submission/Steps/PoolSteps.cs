using Google.Protobuf.WellKnownTypes;

using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.Protos.Payment.V1;

namespace KpGrpc.LedgerServer.Tests.Services.Submission.Steps;

/// <summary>A period that is over already, and a pool that is filled, used and divided in it.</summary>
internal static class PoolSteps
{
    public static IEnumerable<CommandStep> Of(DateTimeOffset now) =>
    [
        new("operator", payload => payload.OpenSettlementPeriod = new OpenSettlementPeriod
        {
            PeriodId = "period",
            StartsAt = Timestamp.FromDateTimeOffset(now.AddHours(-2)),
            EndsAt = Timestamp.FromDateTimeOffset(now.AddHours(-1)),
        }),
        new("platform", payload => payload.OpenPool = new OpenPool
        {
            PoolId = "pool",
            AccountId = "pool-account",
            CurrencyCode = "EUR",
            Exponent = 2,
            Method = PoolMethod.ProRata,
        }),
        new("platform", payload => payload.Subscribe = new Subscribe
        {
            SubscriptionId = "subscription",
            PoolId = "pool",
            LearnerPseudonym = Market.Learner,
            PayerAccountId = Market.WalletId,
            Amount = Market.Eur(999),
            PeriodId = "period",
        }),
        new("platform", payload => payload.RecordUsage = new RecordUsage
        {
            PoolId = "pool",
            PeriodId = "period",
            Entries = { new UsageEntry { WorkId = "work-0", LearnerPseudonym = Market.Learner, Units = 3 } },
        }),
        new("platform", payload => payload.SettlePool = new SettlePool { PoolId = "pool", PeriodId = "period", ExpectedAmount = Market.Eur(999) }),
        new("operator", payload => payload.CloseSettlementPeriod = new CloseSettlementPeriod { PeriodId = "period" }),
    ];
}
