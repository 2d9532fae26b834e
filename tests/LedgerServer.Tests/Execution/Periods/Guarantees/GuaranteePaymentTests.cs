using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Periods;
using KpGrpc.LedgerServer.Wire;

namespace KpGrpc.LedgerServer.Tests.Execution.Periods.Guarantees;

public sealed class GuaranteePaymentTests
{
    private static readonly CloseSettlementPeriod Close = new("period");

    [Fact]
    public void CloseSettlementPeriod_EarnedLessThanGuaranteed_PaysTheGap()
    {
        var ledger = Sold(guaranteed: 10_000);

        var receipt = ledger.Accept("op", Close);

        // 70 % of 10,007 came from the sale.
        var gap = SampleCommands.Eur(10_000 - 7_005);
        Assert.Equal(
            [
                new Posting("plat-wallet", Direction.Debit, gap, PostingState.Posted, PostingReason.MinimumGuarantee),
                new Posting("revenue/prod/EUR", Direction.Credit, gap, PostingState.Posted, PostingReason.MinimumGuarantee),
            ],
            receipt.Effects.OfType<Posting>());
        var period = ledger.State.Periods.Find("period")!;
        Assert.Equal(10_000, (long)period.Statements.Single(s => s.Key.OrganizationId == "prod").Lines.Credits);
        Assert.Equal([receipt.Sequence], period.SettledAtSequences);
        Assert.Empty(ledger.State.Earnings.All);
    }

    [Fact]
    public void CloseSettlementPeriod_EarnedEnough_PaysNothing()
    {
        var ledger = Sold(guaranteed: 7_005);

        Assert.IsType<PeriodClosed>(Assert.Single(ledger.Accept("op", Close).Effects));
    }

    [Fact]
    public void CloseSettlementPeriod_GuarantorCannotPay_IsRefusedUntilItCan()
    {
        var ledger = Sold(guaranteed: 60_000);

        ledger.Refuse(RejectionReason.GuaranteeUnfunded, "op", Close);
        ledger.Accept("pay", SampleCommands.Deposit(10_000, "more", "plat-wallet"));
        ledger.Accept("op", Close);
    }

    [Fact]
    public void CloseSettlementPeriod_MoreThanAReceiptHolds_IsClosedBySeveralCommands()
    {
        const int agreements = EngineLimits.GuaranteesPerReceiptMax + 1;
        var ledger = Ready();
        for (var i = 0; i < agreements; i++)
        {
            Agree(ledger, $"more-{i}", 10);
        }

        ledger.Now += 30 * PoolCommands.Day;

        var first = ledger.Accept("op", Close);
        var second = ledger.Accept("op", Close);

        Assert.Equal(2 * EngineLimits.GuaranteesPerReceiptMax, first.Effects.OfType<Posting>().Count());
        Assert.DoesNotContain(first.Effects, effect => effect is PeriodClosed);
        Assert.Single(second.Effects.OfType<PeriodClosed>());
        var period = ledger.State.Periods.Find("period")!;
        Assert.Equal([first.Sequence, second.Sequence], period.SettledAtSequences);
        Assert.Equal(10 * agreements, (long)period.Statements.Single(s => s.Key.OrganizationId == "prod").Lines.Credits);
        Assert.InRange(new ReceiptEncoder("test-net", "main").Encode(first).Length, 1, EngineLimits.SettlementBytesMax);
        ledger.Refuse(RejectionReason.PeriodClosed, "op", Close);
    }

    private static TestLedger Sold(long guaranteed)
    {
        var ledger = Ready();
        ledger.Accept("prod", SampleCommands.Offer());
        Agree(ledger, "guaranteed", guaranteed);
        ledger.Accept("plat", SampleCommands.Purchase());
        ledger.Now += 30 * PoolCommands.Day;
        return ledger;
    }

    private static TestLedger Ready()
    {
        var ledger = PoolCommands.ReadyToPool();
        ledger.Accept("pay", SampleCommands.Deposit(1, "ref-3"));
        return ledger;
    }

    private static void Agree(TestLedger ledger, string id, long guaranteed)
    {
        ledger.Accept("prod", SampleCommands.Agreement(
            id,
            1,
            SampleCommands.Party("prod", Role.Producer, 700_000) with
            {
                MinimumGuarantee = SampleCommands.Eur(guaranteed),
                GuarantorOrganizationId = "plat",
            },
            SampleCommands.Party("plat", Role.Platform, 0),
            SampleCommands.Party("tech", Role.Technology, 300_000)));
        ledger.Accept("plat", SampleCommands.Acceptance(id));
        ledger.Accept("tech", SampleCommands.Acceptance(id));
    }
}
