using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Periods;
using KpGrpc.LedgerServer.Execution.Periods.Statements;

namespace KpGrpc.LedgerServer.Tests.Execution.Periods;

public sealed class CloseSettlementPeriodHandlerTests
{
    [Fact]
    public void CloseSettlementPeriod_AfterSettlement_FixesAStatementForEachOrganisation()
    {
        var ledger = PoolCommands.ReadyToPool();
        ledger.Accept("op", PoolCommands.Period("next", 30, 60));
        ledger.Accept("plat", PoolCommands.Payment("s1", 1_000));
        ledger.Accept("plat", PoolCommands.Payment("s2", 500, PoolCommands.OtherLearner));
        ledger.Accept("plat", PoolCommands.Usage(PoolCommands.Use("work", 1)));
        ledger.Now += 31 * PoolCommands.Day;
        ledger.Accept("pay", SampleCommands.Deposit(7, "late", "plat-wallet"));
        ledger.SettleAll();

        var receipt = ledger.Accept("op", new CloseSettlementPeriod("period"));

        // What was settled counts in the period; the deposit after its end does not.
        var period = ledger.State.Periods.Find("period")!;
        Assert.Equal(
            [
                Statement("op", 0, 0, 45),
                Statement("pay", -100_000, 0, 0),
                Statement("plat", 50_000, 500 + 1_500, 1_500 + 300),
                Statement("prod", 0, 0, 1_050),
                Statement("tech", 0, 0, 105),
            ],
            period.Statements);
        Assert.Equal([new PeriodClosed("period", StatementTree.Root("period", period.Statements))], receipt.Effects);
        Assert.Equal((receipt.Sequence, period.StatementsRoot), (period.ClosedAtSequence, ((PeriodClosed)receipt.Effects[0]).StatementsRoot));

        ledger.Now += 30 * PoolCommands.Day;
        ledger.Accept("op", new CloseSettlementPeriod("next"));
        var next = ledger.State.Periods.Find("next")!.Statements;
        Assert.Equal(period.Statements.Select(s => s.Closing), next.Select(s => s.Opening));
        Assert.Equal(new StatementSums(0, 7), next.Single(s => s.Key.OrganizationId == "plat").Lines);
        Assert.Equal(new StatementSums(7, 0), next.Single(s => s.Key.OrganizationId == "pay").Lines);
    }

    [Fact]
    public void CloseSettlementPeriod_Faults_AreRefused()
    {
        var ledger = PoolCommands.ReadyToPool();
        ledger.Accept("op", PoolCommands.Period("next", 30, 60));
        ledger.Accept("plat", PoolCommands.Payment("s1", 1_000));
        ledger.Accept("plat", PoolCommands.Usage(PoolCommands.Use("work", 1)));
        var close = new CloseSettlementPeriod("period");

        ledger.Refuse(RejectionReason.RoleMissing, "plat", close);
        ledger.Refuse(RejectionReason.Malformed, "op", close with { PeriodId = "" });
        ledger.Refuse(RejectionReason.UnknownPeriod, "op", close with { PeriodId = "none" });
        ledger.Refuse(RejectionReason.PeriodNotOver, "op", close);
        ledger.Now += 60 * PoolCommands.Day;
        ledger.Refuse(RejectionReason.PeriodNotOver, "op", close with { PeriodId = "next" });
        ledger.Refuse(RejectionReason.PeriodHasOpenPools, "op", close);
        ledger.SettleAll();
        ledger.Accept("op", close);
        ledger.Refuse(RejectionReason.PeriodClosed, "op", close);
        ledger.Refuse(RejectionReason.PeriodClosed, "plat", PoolCommands.Settlement());
        Assert.Empty(ledger.State.Pools.Periods);
    }

    [Fact]
    public void CloseSettlementPeriod_UsageThatNobodyPaidFor_IsLetGo()
    {
        var ledger = PoolCommands.ReadyToPool();
        ledger.Accept("plat", PoolCommands.Usage(PoolCommands.Use("work", 1)));
        ledger.Now += 30 * PoolCommands.Day;

        ledger.Accept("op", new CloseSettlementPeriod("period"));

        Assert.Equal(0, ledger.State.Pools.SumCount);
    }

    [Fact]
    public void CloseSettlementPeriod_OpenedAfterItsStart_BeginsAtItsOpening()
    {
        var ledger = PoolCommands.ReadyToPool();
        ledger.Now += 40 * PoolCommands.Day;
        ledger.Accept("plat", SampleCommands.Transfer("wallet", "plat-wallet", 10));
        ledger.Accept("op", PoolCommands.Period("late", 30, 50));
        ledger.Accept("plat", SampleCommands.Transfer("wallet", "plat-wallet", 5));
        ledger.Now += 10 * PoolCommands.Day;
        ledger.Accept("op", new CloseSettlementPeriod("period"));
        ledger.Accept("op", new CloseSettlementPeriod("late"));

        Assert.Equal(Statement("plat", 50_010, 0, 5), ledger.State.Periods.Find("late")!.Statements[1]);
    }

    private static FinalStatement Statement(string organizationId, long opening, ulong debits, ulong credits) =>
        new(new StatementKey(organizationId, "EUR"), 2, opening, new StatementSums(debits, credits));
}
