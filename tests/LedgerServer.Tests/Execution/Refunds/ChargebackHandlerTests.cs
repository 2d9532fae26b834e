using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Effects.Copyright;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Refunds;

namespace KpGrpc.LedgerServer.Tests.Execution.Refunds;

public sealed class ChargebackHandlerTests
{
    private static readonly Chargeback Full =
        new() { ChargebackId = "c", PurchaseId = "purchase", ExternalReference = "dispute-1" };

    [Fact]
    public void Execute_PartyThatLacksTheMoney_GoesIntoOverdraft()
    {
        var ledger = RefundHandlerTests.Sold();
        ledger.Accept("prod", SampleCommands.Transfer("revenue/prod/EUR", "wallet", 7_005));

        var receipt = ledger.Accept("pay", Full);

        Assert.Equal(new AccountTotals(14_010, 7_005, 0, 0), ledger.Totals("revenue/prod/EUR"));
        Assert.Equal(new LicenceRevoked("purchase", "work"), receipt.Effects[^1]);
        Assert.True(receipt.Effects.OfType<PurchaseRefunded>().Single().Chargeback);
        Assert.All(receipt.Effects.OfType<Posting>(), posting => Assert.Equal(PostingReason.Chargeback, posting.Reason));
        ledger.Refuse(RejectionReason.InsufficientFunds, "prod", SampleCommands.Transfer("revenue/prod/EUR", "wallet", 1));
    }

    [Fact]
    public void Execute_AfterARefund_TakesTheRestOnly()
    {
        var ledger = RefundHandlerTests.Sold();
        ledger.Accept("plat", new Refund { RefundId = "r", PurchaseId = "purchase", Amount = SampleCommands.Eur(10_000) });

        var receipt = ledger.Accept("pay", Full);

        Assert.Equal(7, receipt.Effects.OfType<PurchaseRefunded>().Single().Split.Amount.MinorUnits);
    }

    [Fact]
    public void Execute_Faults_AreRefused()
    {
        var ledger = RefundHandlerTests.Sold();
        ledger.Accept("pay", Full with { ChargebackId = "used", ExternalReference = "used", Amount = SampleCommands.Eur(7) });

        ledger.Refuse(RejectionReason.RoleMissing, "plat", Full);
        ledger.Refuse(RejectionReason.Malformed, "pay", Full with { ExternalReference = "" });
        ledger.Refuse(RejectionReason.AmountInvalid, "pay", Full with { Amount = SampleCommands.Eur(-1) });
        ledger.Refuse(RejectionReason.AlreadyExists, "pay", Full with { ChargebackId = "used" });
        ledger.Refuse(RejectionReason.UnknownPurchase, "pay", Full with { PurchaseId = "none" });
        ledger.Refuse(RejectionReason.ExternalReferenceUsed, "pay", Full with { ExternalReference = "used" });
        ledger.Refuse(RejectionReason.CurrencyMismatch, "pay", Full with { Amount = new Money(1, "JPY", 0) });
        ledger.Refuse(RejectionReason.RefundExceedsRemaining, "pay", Full with { Amount = SampleCommands.Eur(10_001) });
    }
}
