using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Revenue;

namespace KpGrpc.LedgerServer.Tests.Execution.Revenue;

public sealed class RevenueDivisionTests
{
    [Fact]
    public void Divide_KindWithoutASplit_IsRefused()
    {
        var ledger = SampleCommands.ReadyToSell();

        var rejection = Divide(ledger, RevenueKind.Advertising, SampleCommands.Eur(100), out var divided);

        Assert.Equal(RejectionReason.NoActiveAgreement, rejection!.Reason);
        Assert.Null(divided);
    }

    [Fact]
    public void Divide_PartsOfZero_HaveALineAndNoCredit()
    {
        var ledger = SampleCommands.ReadyToSell();

        Assert.Null(Divide(ledger, RevenueKind.Sale, SampleCommands.Eur(3), out var divided));

        Assert.Equal([2L, 1, 0, 0], divided!.Split.Lines.Select(line => line.Amount.MinorUnits));
        Assert.Equal(
            [("revenue/prod/EUR", 2L, PostingReason.PurchaseShare), ("revenue/plat/EUR", 1, PostingReason.PurchaseShare)],
            divided.Credits.Select(credit => (credit.AccountId, credit.Amount.MinorUnits, credit.Reason)));
        Assert.Equal(new PostingSource("r", "work", "agreement", 1), divided.SourceOf("r", "work"));
    }

    private static Rejection? Divide(TestLedger ledger, RevenueKind kind, Money amount, out DividedRevenue? divided) =>
        RevenueDivision.Divide(
            new RevenueItem(ledger.State.Works.Find("work")!, kind, amount, PostingReason.PurchaseShare),
            ledger.State,
            ledger.Now,
            out divided);
}
