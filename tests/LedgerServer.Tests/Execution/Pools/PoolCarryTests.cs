using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Periods;
using KpGrpc.LedgerServer.Execution.Pools;
using KpGrpc.LedgerServer.Tests.Execution.Snapshots;

namespace KpGrpc.LedgerServer.Tests.Execution.Pools;

public sealed class PoolCarryTests
{
    private static readonly SettlePool ToNext = PoolCommands.Settlement() with { CarryToPeriodId = "next" };

    [Fact]
    public void Carry_UnusedPeriod_MovesEachPayersSumAndPostsNothing()
    {
        var ledger = Unused();
        ledger.Accept("plat", PoolCommands.Payment("there", 7) with { PeriodId = "next" });
        var before = ledger.Totals("pool-account");

        var receipt = ledger.Accept("plat", ToNext with { ExpectedAmount = SampleCommands.Eur(1_001) });

        Assert.Equal([new PoolCarried("pool", "period", "next", SampleCommands.Eur(1_001), 2)], receipt.Effects);
        Assert.Equal(before, ledger.Totals("pool-account"));
        var held = ledger.State.Pools.Find("pool", "period")!;
        Assert.Equal((0L, 0, 0, true, true), (held.Paid, held.SumCount, held.WorkCount, held.IsDivided, held.IsSettled));
        var next = ledger.State.Pools.Find("pool", "next")!;
        Assert.Equal((1_008L, "400 608"), (next.Paid, string.Join(" ", next.Payments().Select(payment => payment.MinorUnits).Order())));
        Assert.Equal(2, ledger.State.Pools.SumCount);
    }

    [Fact]
    public void Carry_ThenCloseAndSettle_DividesTheMoneyByTheNextPeriodsUsage()
    {
        var ledger = Unused(PoolMethod.UserCentric);
        ledger.Refuse(RejectionReason.PeriodHasOpenPools, "op", new CloseSettlementPeriod("period"));
        ledger.Accept("op", ToNext);
        ledger.Accept("op", new CloseSettlementPeriod("period"));
        ledger.Accept("tech", PoolCommands.Usage(PoolCommands.Use("work", 3), PoolCommands.Use("work2", 1, PoolCommands.OtherLearner)) with { PeriodId = "next" });
        ledger.Now += 30 * PoolCommands.Day;

        var receipt = ledger.Accept("plat", PoolCommands.Settlement(1_001) with { PeriodId = "next" });

        // Each payment still belongs to who made it.
        Assert.Equal(
            [("work", 601L), ("work2", 400L)],
            receipt.Effects.OfType<PoolSettled>().Select(s => (s.WorkId, s.Split.Amount.MinorUnits)));
        Assert.True(Assert.Single(ledger.State.Accounts.TrialBalance).IsBalanced);
        ledger.Accept("op", new CloseSettlementPeriod("next"));
    }

    [Fact]
    public void Carry_PeriodThatWasCarried_TakesNothingMore()
    {
        var ledger = Unused();
        ledger.Accept("plat", ToNext);

        ledger.Refuse(RejectionReason.PoolAlreadySettled, "plat", ToNext);
        ledger.Refuse(RejectionReason.PoolAlreadySettled, "plat", PoolCommands.Settlement());
        ledger.Refuse(RejectionReason.PoolAlreadySettled, "plat", PoolCommands.Payment("late", 1));
        ledger.Refuse(RejectionReason.PoolAlreadySettled, "plat", PoolCommands.Usage(PoolCommands.Use("work", 1)));
    }

    [Fact]
    public void Carry_TwiceOn_TakesAllAlong()
    {
        var ledger = Unused();
        ledger.Accept("op", PoolCommands.Period("last", 60, 90));
        ledger.Accept("plat", ToNext);
        ledger.Now += 30 * PoolCommands.Day;

        ledger.Accept("plat", ToNext with { PeriodId = "next", CarryToPeriodId = "last" });

        Assert.Equal(1_001, ledger.State.Pools.Find("pool", "last")!.Paid);
        ledger.Accept("op", new CloseSettlementPeriod("period"));
        ledger.Accept("op", new CloseSettlementPeriod("next"));
    }

    [Fact]
    public void Carry_Faults_AreRefused()
    {
        var ledger = PoolCommands.ReadyToPool();
        ledger.Accept("op", PoolCommands.Period("next", 30, 60));
        ledger.Refuse(RejectionReason.Malformed, "plat", ToNext with { CarryToPeriodId = " " });
        ledger.Refuse(RejectionReason.NotAuthorized, "plat2", ToNext);
        ledger.Refuse(RejectionReason.PeriodNotOver, "plat", ToNext);
        ledger.Now += 30 * PoolCommands.Day;
        ledger.Refuse(RejectionReason.AmountInvalid, "plat", ToNext);
        ledger.Accept("plat", PoolCommands.Payment("s", 100));
        ledger.Refuse(RejectionReason.PoolAmountMismatch, "plat", ToNext with { ExpectedAmount = SampleCommands.Eur(99) });
        ledger.Refuse(RejectionReason.UnknownPeriod, "plat", ToNext with { CarryToPeriodId = "none" });
        ledger.Refuse(RejectionReason.TimeInvalid, "plat", ToNext with { CarryToPeriodId = "period" });
        ledger.Accept("plat", PoolCommands.Usage(PoolCommands.Use("work", 1)));
        ledger.Refuse(RejectionReason.PoolHasUsage, "plat", ToNext);
        ledger.Accept("plat", PoolCommands.Settlement(100));
        ledger.Refuse(RejectionReason.PoolAlreadySettled, "plat", ToNext);
    }

    [Fact]
    public void Carry_ToAnEarlierClosedOrADividedPeriod_IsRefused()
    {
        var ledger = Unused();
        ledger.Accept("op", PoolCommands.Period("last", 60, 90));
        ledger.Accept("plat", ToNext);
        ledger.Accept("op", new CloseSettlementPeriod("period"));
        ledger.Accept("plat", PoolCommands.Payment("l", 5) with { PeriodId = "last" });
        ledger.Accept("plat", PoolCommands.Usage(PoolCommands.Use("work", 1)) with { PeriodId = "last" });
        ledger.Now += 60 * PoolCommands.Day;
        ledger.Accept("plat", PoolCommands.Settlement(5) with { PeriodId = "last" });

        ledger.Refuse(RejectionReason.PeriodClosed, "plat", ToNext with { PeriodId = "next", CarryToPeriodId = "period" });
        ledger.Refuse(RejectionReason.PoolAlreadySettled, "plat", ToNext with { PeriodId = "next", CarryToPeriodId = "last" });
    }

    [Fact]
    public void Load_StateWithACarriedPeriod_IsEqualAndRefusesAsBefore()
    {
        var ledger = Unused();
        ledger.Accept("plat", ToNext);

        var loaded = StateBytes.Load(StateBytes.Of(ledger.State));

        Assert.Equal(StateText.Of(ledger.State), StateText.Of(loaded.State));
        var again = Assert.IsType<Executed>(loaded.Execute(ledger.Command("plat", ToNext), loaded.State.NextSequence, ledger.Now));
        Assert.Equal(RejectionReason.PoolAlreadySettled, again.Receipt.Rejection?.Reason);
        Assert.Equal(2, loaded.State.Pools.SumCount);
    }

    [Fact]
    public void Carry_MorePayersThanAPeriodKeeps_IsRefused()
    {
        var ledger = Unused();
        for (var i = 0; i < EngineLimits.PoolPeriodSumsMax - 1; i++)
        {
            ledger.State.Pools.Pay(PoolCommands.Payment($"many{i}", 1) with { PeriodId = "next", LearnerPseudonym = $"{i:x64}" });
        }

        var refused = ledger.Run(ledger.Command("plat", ToNext));

        Assert.Equal(RejectionReason.LimitReached, refused.Rejection?.Reason);
    }

    // 6.01 of the learner and 4.00 of another one, for a period that is over.
    private static TestLedger Unused(PoolMethod method = PoolMethod.ProRata)
    {
        var ledger = PoolCommands.ReadyToPool(method);
        ledger.Accept("op", PoolCommands.Period("next", 30, 60));
        ledger.Accept("plat", PoolCommands.Payment("s1", 601));
        ledger.Accept("plat", PoolCommands.Payment("s2", 400, PoolCommands.OtherLearner));
        ledger.Now += 30 * PoolCommands.Day;
        return ledger;
    }
}
