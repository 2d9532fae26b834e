using CsCheck;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Periods;
using KpGrpc.LedgerServer.Execution.Pools;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Pools;

/// <summary>Random commands about pools and periods over few names.</summary>
internal static class PoolGen
{
    private static readonly Gen<string> PoolId = CommandGen.Pick("pool", "pool", "pool2", "pool3", "none");
    private static readonly Gen<string> PeriodId = CommandGen.Pick("p0", "p0", "p1", "p2", "p3", "none");
    private static readonly Gen<string> CarryTo = CommandGen.Pick("", "", "", "p0", "p1", "p2", "p3", "none");
    private static readonly Gen<string> Learner =
        CommandGen.Pick(SampleCommands.Learner, PoolCommands.OtherLearner, new string('c', 64));

    private static readonly Gen<string> By = CommandGen.Pick("plat", "plat", "plat", "plat2", "tech", "op", "prod");

    private static readonly Gen<ulong> Units = Gen.OneOf(Gen.ULong[1, 9], Gen.ULong[1, EngineLimits.UsageUnitsMax]);

    private static readonly Gen<UsageEntry> Entry =
        Gen.Select(CommandGen.Pick("work", "work", "work2", "work3", "none"), Learner, Units).Select((work, learner, units) => new UsageEntry(work, learner, units));

    public static Gen<(string By, CommandBody Body)> Of(Gen<string> account, Gen<Money> amount)
    {
        var pool = Gen.Select(PoolId, By, amount, account, Gen.Enum<PoolMethod>(), CommandGen.Any.Array[0, 2])
            .Select((id, by, money, other, method, members) => (by, (CommandBody)new OpenPool
            {
                PoolId = id,
                AccountId = members.Length == 2 ? other : id + "-account",
                CurrencyCode = money.CurrencyCode,
                Exponent = money.Exponent,
                Method = method,
                MemberOrganizationIds = members,
            }));
        var payment = Gen.Select(Gen.Int[0, 40], PoolId, PeriodId, Learner, account, amount, By)
            .Select((id, to, period, learner, payer, money, by) => (by, (CommandBody)new Subscribe
            {
                SubscriptionId = $"subscription-{id}",
                PoolId = to,
                PeriodId = period,
                LearnerPseudonym = learner,
                PayerAccountId = payer,
                Amount = money,
            }));
        var usage = Gen.Select(PoolId, PeriodId, Entry.Array[1, 5], By)
            .Select((id, period, entries, by) => (by, (CommandBody)new RecordUsage(id, period, entries)));
        var settle = Gen.Select(PoolId, PeriodId, amount, Gen.Bool, CarryTo, By)
            .Select((id, period, money, all, to, by) => (by, (CommandBody)new SettlePool(id, period, all ? null : money, to)));
        var open = Gen.Select(PeriodId, Gen.Long[-2, 40], Gen.Long[0, 8], CommandGen.Pick("op", "op", "plat"))
            .Select((id, from, length, by) => (by, (CommandBody)new OpenSettlementPeriod(id, Quarter(from), Quarter(from + length))));
        var close = Gen.Select(PeriodId, CommandGen.Pick("op", "op", "plat"))
            .Select((id, by) => (by, (CommandBody)new CloseSettlementPeriod(id)));
        return Gen.Frequency((1, pool), (5, payment), (5, usage), (3, settle), (2, open), (2, close));
    }

    private static long Quarter(long quarters) => TestLedger.Start + (quarters * OrderTime.MicrosPerDay / 4);
}
