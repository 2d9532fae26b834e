using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Periods;

namespace KpGrpc.LedgerServer.Tests.Execution.Periods;

public sealed class OpenSettlementPeriodHandlerTests
{
    [Fact]
    public void OpenSettlementPeriod_ByAnOperator_OpensIt()
    {
        var ledger = new TestLedger();

        var receipt = ledger.Accept("op", PoolCommands.Period());

        Assert.Equal([new PeriodOpened("period")], receipt.Effects);
        Assert.True(ledger.State.Periods.Find("period")!.IsOpen);
    }

    [Fact]
    public void OpenSettlementPeriod_Faults_AreRefused()
    {
        var ledger = new TestLedger();
        ledger.Accept("op", PoolCommands.Period("first", 10, 20));
        ledger.Accept("op", PoolCommands.Period("second", 30, 40));
        var next = PoolCommands.Period("third", 40, 50);

        ledger.Refuse(RejectionReason.RoleMissing, "plat", next);
        ledger.Refuse(RejectionReason.Malformed, "op", next with { PeriodId = "a b" });
        ledger.Refuse(RejectionReason.Malformed, "op", next with { StartsAtMicros = -1 });
        ledger.Refuse(RejectionReason.Malformed, "op", next with { EndsAtMicros = OrderTime.MaxMicros + 1 });
        ledger.Refuse(RejectionReason.TimeInvalid, "op", next with { EndsAtMicros = next.StartsAtMicros });
        ledger.Refuse(RejectionReason.AlreadyExists, "op", next with { PeriodId = "first" });
        ledger.Refuse(RejectionReason.PeriodOverlaps, "op", next with { StartsAtMicros = next.StartsAtMicros - 1 });
        ledger.Refuse(RejectionReason.PeriodOverlaps, "op", PoolCommands.Period("third", 0, 11));
        ledger.Refuse(RejectionReason.TimeInvalid, "op", PoolCommands.Period("third", 20, 30));
        ledger.Refuse(RejectionReason.TimeInvalid, "op", PoolCommands.Period("third", 0, 10));
        ledger.Accept("op", next);
    }

    [Fact]
    public void OpenSettlementPeriod_AtTheLimitOfOpenOnes_IsRefusedUntilOneCloses()
    {
        var ledger = new TestLedger();
        for (var i = 0; i < EngineLimits.OpenPeriodsMax; i++)
        {
            ledger.Accept("op", PoolCommands.Period($"p{i}", i, i + 1));
        }

        var next = PoolCommands.Period("next", 20, 21);
        ledger.Refuse(RejectionReason.LimitReached, "op", next);
        ledger.Now += PoolCommands.Day;
        ledger.Accept("op", new CloseSettlementPeriod("p0"));
        ledger.Accept("op", next);
    }
}
