using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Effects.Payment;

namespace KpGrpc.LedgerServer.Tests.Execution.Revenue;

public sealed class RecordRevenueHandlerTests
{
    [Fact]
    public void Record_Advertising_IsSplitByItsOwnTerms()
    {
        var ledger = Ready();

        var receipt = ledger.Accept("plat2", SampleCommands.Advertising());

        Assert.Equal(
            [
                ("plat2-wallet", Direction.Debit, 101L), ("revenue/prod/EUR", Direction.Credit, 50),
                ("revenue/plat/EUR", Direction.Credit, 20), ("revenue/tech/EUR", Direction.Credit, 22),
                ("revenue/op/EUR", Direction.Credit, 9),
            ],
            receipt.Effects.OfType<Posting>().Select(p => (p.AccountId, p.Direction, p.Amount.MinorUnits)));
        Assert.All(receipt.Effects.OfType<Posting>(), posting => Assert.Equal(PostingReason.Advertising, posting.Reason));
        Assert.Equal(RevenueKind.Advertising, Assert.Single(receipt.Effects.OfType<RevenueSplit>()).Split.RevenueKind);
        ledger.Refuse(RejectionReason.AlreadyExists, "plat2", SampleCommands.Advertising());
    }

    [Fact]
    public void Record_Referral_NeedsAPurchaseThatSomebodyReferred()
    {
        var ledger = Ready();
        var referral = SampleCommands.Advertising() with { RevenueKind = RevenueKind.Referral, PurchaseId = "purchase" };
        ledger.Refuse(RejectionReason.UnknownPurchase, "plat2", referral);
        ledger.Accept("plat", SampleCommands.Purchase() with { ReferrerOrganizationId = "plat2" });
        ledger.Now += 30 * OrderTime.MicrosPerDay;
        ledger.Accept("plat", SampleCommands.Purchase("unreferred"));

        ledger.Refuse(RejectionReason.RevenueKindWrong, "plat2", referral with { PurchaseId = "unreferred" });
        var receipt = ledger.Accept("plat2", referral);

        Assert.All(receipt.Effects.OfType<Posting>(), posting => Assert.Equal(PostingReason.Referral, posting.Reason));
    }

    [Fact]
    public void Record_Faults_AreRefused()
    {
        var ledger = Ready();
        var good = SampleCommands.Advertising();

        ledger.Refuse(RejectionReason.RoleMissing, "aud", good);
        ledger.Refuse(RejectionReason.Malformed, "plat2", good with { RevenueId = "" });
        ledger.Refuse(RejectionReason.RevenueKindWrong, "plat2", good with { RevenueKind = RevenueKind.Sale });
        ledger.Refuse(RejectionReason.AmountInvalid, "plat2", good with { Amount = SampleCommands.Eur(0) });
        ledger.Refuse(RejectionReason.UnknownWork, "plat2", good with { WorkId = "none" });
        ledger.Refuse(RejectionReason.UnknownAccount, "plat2", good with { PayerAccountId = "none" });
        ledger.Refuse(RejectionReason.NotAuthorized, "plat", good);
        ledger.Refuse(RejectionReason.NotAuthorized, "plat", good with { PayerAccountId = "wallet" });
        ledger.Refuse(RejectionReason.AccountKindWrong, "pay", good with { PayerAccountId = "clearing" });
        ledger.Refuse(RejectionReason.CurrencyMismatch, "plat2", good with { Amount = new Money(1, "JPY", 0) });
        ledger.Refuse(RejectionReason.Malformed, "plat2", good with { PurchaseId = "purchase" });
        ledger.Refuse(RejectionReason.InsufficientFunds, "plat2", good with { Amount = SampleCommands.Eur(1_001) });
        ledger.Accept("prod", new KpGrpc.LedgerServer.Execution.Agreements.Decisions.TerminateAgreement("agreement", 1, null, ""));
        ledger.Refuse(RejectionReason.NoActiveAgreement, "plat2", good);
    }

    // 70 : 20 : 7 : 3 with at most 0.50 for the producer and at most 0.20 for the platform.
    private static TestLedger Ready()
    {
        var ledger = SampleCommands.ReadyToSell(terms =>
        {
            var sale = terms.Splits[0];
            var parties = sale.Parties.ToArray();
            parties[0] = parties[0] with { CapPerSale = SampleCommands.Eur(50) };
            parties[1] = parties[1] with { CapPerSale = SampleCommands.Eur(20) };
            return terms with
            {
                Splits =
                [
                    sale,
                    sale with { RevenueKind = RevenueKind.Advertising, Parties = parties },
                    sale with { RevenueKind = RevenueKind.Referral },
                ],
            };
        });
        ledger.Accept("plat2", SampleCommands.OwnWallet("plat2"));
        ledger.Accept("pay", SampleCommands.Deposit(1_000, "ref-2", "plat2-wallet"));
        return ledger;
    }
}
