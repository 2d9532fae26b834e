using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Effects.Copyright;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Refunds;

namespace KpGrpc.LedgerServer.Tests.Execution.Refunds;

public sealed class RefundHandlerTests
{
    private static readonly Refund Full = new() { RefundId = "r", PurchaseId = "purchase" };

    [Fact]
    public void Execute_Partly_TakesFromEachPartyAndKeepsTheLicence()
    {
        var ledger = Sold();

        var receipt = ledger.Accept("plat", Full with { Amount = SampleCommands.Eur(1_000) });

        Assert.Equal(
            [
                ("revenue/prod/EUR", Direction.Debit, 700L), ("revenue/plat/EUR", Direction.Debit, 200),
                ("revenue/tech/EUR", Direction.Debit, 70), ("revenue/op/EUR", Direction.Debit, 30),
                ("wallet", Direction.Credit, 1_000),
            ],
            receipt.Effects.OfType<Posting>().Select(p => (p.AccountId, p.Direction, p.Amount.MinorUnits)));
        var refunded = Assert.IsType<PurchaseRefunded>(receipt.Effects[^1]);
        Assert.Equal((9_007L, 1_000L, false), (refunded.Remaining.MinorUnits, refunded.Split.Amount.MinorUnits, refunded.Chargeback));
        Assert.Null(ledger.State.Licences.Find("purchase")!.RevokedAtSequence);
    }

    [Fact]
    public void Execute_TheRest_GivesAllBackAndRevokesTheLicence()
    {
        var ledger = Sold();
        ledger.Accept("plat", Full with { RefundId = "first", Amount = SampleCommands.Eur(3_333) });

        var receipt = ledger.Accept("plat", Full);

        Assert.Equal(new LicenceRevoked("purchase", "work"), receipt.Effects[^1]);
        Assert.Equal(new AccountTotals(10_007, 60_007, 0, 0), ledger.Totals("wallet"));
        Assert.All(
            ledger.State.Accounts.All.Where(account => account.Account.Kind == AccountKind.Revenue),
            account => Assert.Equal(account.Totals.CreditsPosted, account.Totals.DebitsPosted));
        ledger.Refuse(RejectionReason.RefundExceedsRemaining, "plat", Full with { RefundId = "again" });
        ledger.Accept("plat", SampleCommands.Purchase("second"));
    }

    [Fact]
    public void Execute_OfAPurchaseForNothing_RevokesTheLicenceOnce()
    {
        var ledger = SampleCommands.ReadyToSell();
        ledger.Accept("prod", SampleCommands.Offer("free", price: 0));
        ledger.Accept("plat", SampleCommands.Purchase() with { OfferId = "free", ExpectedPrice = SampleCommands.Eur(0) });

        var receipt = ledger.Accept("plat", Full);

        Assert.Equal([typeof(PurchaseRefunded), typeof(LicenceRevoked)], receipt.Effects.Select(effect => effect.GetType()));
        ledger.Refuse(RejectionReason.RefundExceedsRemaining, "plat", Full with { RefundId = "again" });
    }

    [Fact]
    public void Execute_TheLastOfAllRefunds_MustGiveBackTheRest()
    {
        var ledger = Sold();
        for (var i = 1; i < EngineLimits.RefundsPerPurchaseMax; i++)
        {
            ledger.Run(ledger.Command("plat", Full with { RefundId = $"r{i}", Amount = SampleCommands.Eur(1) }));
        }

        var refused = ledger.Run(ledger.Command("plat", Full with { Amount = SampleCommands.Eur(1) }));
        Assert.Equal(RejectionReason.LimitReached, refused.Rejection!.Reason);
        ledger.Accept("plat", Full);
    }

    [Fact]
    public void Execute_Faults_AreRefused()
    {
        var ledger = Sold();
        ledger.Accept("plat", Full with { RefundId = "used", Amount = SampleCommands.Eur(7) });

        ledger.Refuse(RejectionReason.RoleMissing, "pay", Full);
        ledger.Refuse(RejectionReason.Malformed, "plat", Full with { RefundId = "" });
        ledger.Refuse(RejectionReason.AmountInvalid, "plat", Full with { Amount = SampleCommands.Eur(0) });
        ledger.Refuse(RejectionReason.UnknownCurrency, "plat", Full with { Amount = new Money(1, "USD", 2) });
        ledger.Refuse(RejectionReason.AlreadyExists, "plat", Full with { RefundId = "used" });
        ledger.Refuse(RejectionReason.UnknownPurchase, "plat", Full with { PurchaseId = "none" });
        ledger.Refuse(RejectionReason.NotAuthorized, "plat2", Full);
        ledger.Refuse(RejectionReason.CurrencyMismatch, "plat", Full with { Amount = new Money(1, "JPY", 0) });
        ledger.Refuse(RejectionReason.RefundExceedsRemaining, "plat", Full with { Amount = SampleCommands.Eur(10_001) });
        ledger.Accept("prod", SampleCommands.Transfer("revenue/prod/EUR", "wallet", 7_000));
        ledger.Refuse(RejectionReason.InsufficientFunds, "plat", Full);
    }

    internal static TestLedger Sold()
    {
        var ledger = SampleCommands.ReadyToSell();
        ledger.Accept("plat", SampleCommands.Purchase());
        return ledger;
    }
}
