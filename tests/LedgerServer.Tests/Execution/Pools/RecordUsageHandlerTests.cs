using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Pools;
using KpGrpc.LedgerServer.Execution.Pools.Division;
using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Tests.Execution.Pools;

public sealed class RecordUsageHandlerTests
{
    [Fact]
    public void RecordUsage_SameLearnerAndWork_AddsUp()
    {
        var ledger = PoolCommands.ReadyToPool();

        var receipt = ledger.Accept("tech", PoolCommands.Usage(
            PoolCommands.Use("work", 5), PoolCommands.Use("work2", 1, PoolCommands.OtherLearner), PoolCommands.Use("work", 7)));
        ledger.Accept("plat", PoolCommands.Usage(PoolCommands.Use("work", 1)));

        Assert.Equal([new UsageRecorded("pool", "period", 3, 13)], receipt.Effects);
        var held = ledger.State.Pools.Find("pool", "period")!;
        Assert.Equal((14UL, 2, 2, 2), (held.Units, held.SumCount, held.WorkCount, ledger.State.Pools.SumCount));
        Assert.Equal([("work", 13UL), ("work2", 1UL)], held.Usage().Select(u => (u.Key.WorkId, u.Units)));
    }

    [Fact]
    public void RecordUsage_Faults_AreRefused()
    {
        var ledger = PoolCommands.ReadyToPool();
        ledger.Accept("prod2", SampleCommands.Work("uncovered", new OwnerShare("prod2", 1_000_000)));
        ledger.Accept("plat2", PoolCommands.Pool("theirs") with { MemberOrganizationIds = ["plat"] });
        var use = PoolCommands.Use("work", 1);

        ledger.Refuse(RejectionReason.RoleMissing, "prod", PoolCommands.Usage(use));
        ledger.Refuse(RejectionReason.Malformed, "plat", PoolCommands.Usage());
        ledger.Refuse(
            RejectionReason.Malformed, "plat", PoolCommands.Usage([.. Enumerable.Repeat(use, EngineLimits.UsageEntriesMax + 1)]));
        ledger.Refuse(RejectionReason.Malformed, "plat", PoolCommands.Usage(use with { WorkId = "" }));
        ledger.Refuse(RejectionReason.Malformed, "plat", PoolCommands.Usage(use with { LearnerPseudonym = "A" }));
        ledger.Refuse(RejectionReason.Malformed, "plat", PoolCommands.Usage(use with { Units = 0 }));
        ledger.Refuse(RejectionReason.Malformed, "plat", PoolCommands.Usage(use with { Units = EngineLimits.UsageUnitsMax + 1 }));
        ledger.Refuse(RejectionReason.UnknownPool, "plat", PoolCommands.Usage(use) with { PoolId = "none" });
        ledger.Refuse(RejectionReason.UnknownPeriod, "plat", PoolCommands.Usage(use) with { PeriodId = "none" });
        ledger.Refuse(RejectionReason.NotAuthorized, "plat2", PoolCommands.Usage(use));
        ledger.Refuse(RejectionReason.UnknownWork, "plat", PoolCommands.Usage(use, use with { WorkId = "none" }));
        ledger.Refuse(RejectionReason.NoActiveAgreement, "plat", PoolCommands.Usage(use with { WorkId = "uncovered" }));
        ledger.Refuse(RejectionReason.NotAParty, "plat", PoolCommands.Usage(use) with { PoolId = "theirs" });
    }

    [Fact]
    public void RecordUsage_UnitsAboveTheirRange_IsRefused()
    {
        var ledger = PoolCommands.ReadyToPool();
        ledger.State.Pools.Use("pool", "period", KeyOf(0), long.MaxValue - 1);

        ledger.Refuse(RejectionReason.AmountOverflow, "plat", PoolCommands.Usage(PoolCommands.Use("work", 2)));
        ledger.Accept("plat", PoolCommands.Usage(PoolCommands.Use("work", 1)));
    }

    [Fact]
    public void RecordUsage_AtTheLimitsOfSums_IsRefusedAboveThem()
    {
        var ledger = PoolCommands.ReadyToPool();
        ledger.Accept("plat", PoolCommands.Pool("pool2"));
        ledger.Accept("op", PoolCommands.Period("next", 30, 60));
        Fill(ledger, "pool", "period", EngineLimits.PoolPeriodSumsMax - 2);
        Fill(ledger, "pool", "next", EngineLimits.PoolPeriodSumsMax);

        var three = PoolCommands.Usage(Use(-1), Use(-2), Use(-3));
        RefuseAtLimit(ledger, "plat", three);
        RefuseAtLimit(ledger, "plat", three with { PeriodId = "next" });
        ledger.Accept("plat", PoolCommands.Usage(Use(-1), Use(-1), Use(0)));
        ledger.Accept("plat", PoolCommands.Payment("s", 100));
        RefuseAtLimit(ledger, "plat", PoolCommands.Usage(Use(-2)));
        RefuseAtLimit(ledger, "plat", PoolCommands.Payment("s2", 100, PoolCommands.OtherLearner));
        ledger.Accept("plat", PoolCommands.Payment("s3", 100));

        Assert.Equal(EngineLimits.PoolSumsMax, ledger.State.Pools.SumCount);
        var other = PoolCommands.Usage(Use(0)) with { PoolId = "pool2" };
        RefuseAtLimit(ledger, "plat", other);

        ledger.Now += 30 * PoolCommands.Day;
        ledger.SettleAll();
        Assert.Equal(EngineLimits.PoolPeriodSumsMax, ledger.State.Pools.SumCount);
        ledger.Accept("plat", other with { PeriodId = "next" });
    }

    [Fact]
    public void RecordUsage_AtTheLimitOfWorks_IsRefusedAboveIt()
    {
        var ledger = PoolCommands.ReadyToPool();
        for (var i = 0; i < EngineLimits.PoolPeriodWorksMax - 1; i++)
        {
            ledger.State.Pools.Use("pool", "period", KeyOf(0) with { WorkId = $"w{i}" }, 1);
        }

        ledger.Refuse(
            RejectionReason.LimitReached, "plat", PoolCommands.Usage(PoolCommands.Use("work", 1), PoolCommands.Use("work2", 1)));
        ledger.Accept("plat", PoolCommands.Usage(PoolCommands.Use("work", 1)));
        ledger.Refuse(RejectionReason.LimitReached, "plat", PoolCommands.Usage(PoolCommands.Use("work2", 1)));
    }

    // The state is too large to be written down before and after.
    private static void RefuseAtLimit(TestLedger ledger, string by, CommandBody body)
    {
        var sums = ledger.State.Pools.SumCount;
        Assert.Equal(RejectionReason.LimitReached, ledger.Run(ledger.Command(by, body)).Rejection?.Reason);
        Assert.Equal(sums, ledger.State.Pools.SumCount);
    }

    private static void Fill(TestLedger ledger, string poolId, string periodId, int count)
    {
        for (var i = 0; i < count; i++)
        {
            ledger.State.Pools.Use(poolId, periodId, KeyOf(i), 1);
        }
    }

    private static UsageKey KeyOf(int index) => new(LearnerKey.Of(Pseudonym(index)), "work");

    private static UsageEntry Use(int index) => PoolCommands.Use("work", 1, Pseudonym(index));

    private static string Pseudonym(int index) => $"{index:x8}".PadLeft(64, '0');
}
