using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Effects.Copyright;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Licences;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Tests.Execution.Purchases;

public sealed class PurchaseHandlerTests
{
    [Fact]
    public void Execute_FourParties_ChargesSplitsAndLicensesInOrder()
    {
        var ledger = SampleCommands.ReadyToSell();

        var receipt = ledger.Accept("plat", SampleCommands.Purchase());

        Assert.Equal(
            [
                nameof(AccountOpened), nameof(AccountOpened), nameof(AccountOpened), nameof(AccountOpened),
                nameof(Posting), nameof(Posting), nameof(Posting), nameof(Posting), nameof(Posting),
                nameof(PurchaseMade), nameof(LicenceGranted),
            ],
            receipt.Effects.Select(effect => effect.GetType().Name));
        Assert.Equal(
            [
                ("wallet", Direction.Debit, 10_007L), ("revenue/prod/EUR", Direction.Credit, 7_005),
                ("revenue/plat/EUR", Direction.Credit, 2_001), ("revenue/tech/EUR", Direction.Credit, 701),
                ("revenue/op/EUR", Direction.Credit, 300),
            ],
            receipt.Effects.OfType<Posting>().Select(p => (p.AccountId, p.Direction, p.Amount.MinorUnits)));
        var licence = ledger.State.Licences.Find("purchase")!;
        Assert.Equal(ledger.Now + (30 * OrderTime.MicrosPerDay), licence.ValidUntilMicros);
        Assert.Same(
            licence,
            Assert.Single(ledger.State.Licences.Active(new LicenceHolder(SampleCommands.Learner, null), "work", ledger.Now)));
        Assert.Equal("purchase", ledger.State.FindPurchase("plat", receipt.IdempotencyKey)!.PurchaseId);
        Assert.True(Assert.Single(ledger.State.Accounts.TrialBalance).IsBalanced);
        var statement = Assert.Single(PostingBook.Of(ledger.State, "revenue/tech/EUR"));
        Assert.Equal(("purchase", "work", "agreement", 1U), (
            statement.ReferenceId, statement.WorkId, statement.AgreementId, statement.AgreementVersion));
    }

    [Fact]
    public void Execute_Faults_AreRefused()
    {
        var ledger = SampleCommands.ReadyToSell();
        var purchase = SampleCommands.Purchase();
        ledger.Accept("prod", SampleCommands.Work("other"));
        ledger.Accept("plat2", SampleCommands.Wallet("wallet-of-plat2"));
        ledger.Accept("prod", SampleCommands.Offer("dear", price: 50_001));
        ledger.Accept("prod", SampleCommands.OwnWallet("prod"));

        ledger.Refuse(RejectionReason.RoleMissing, "prod", purchase);
        ledger.Refuse(RejectionReason.Malformed, "plat", purchase with { LearnerPseudonym = "anna" });
        ledger.Refuse(RejectionReason.UnknownOrganization, "plat", purchase with { ReferrerOrganizationId = "ghost" });
        ledger.Refuse(RejectionReason.UnknownWork, "plat", purchase with { WorkId = "none" });
        ledger.Refuse(RejectionReason.UnknownOffer, "plat", purchase with { OfferId = "none" });
        ledger.Refuse(RejectionReason.UnknownOffer, "plat", purchase with { WorkId = "other" });
        ledger.Refuse(RejectionReason.PriceMismatch, "plat", purchase with { ExpectedPrice = SampleCommands.Eur(10_006) });
        ledger.Refuse(RejectionReason.PriceMismatch, "plat", purchase with { ExpectedPrice = new Money(10_007, "JPY", 0) });
        ledger.Refuse(RejectionReason.UnknownAccount, "plat", purchase with { PayerAccountId = "none" });
        ledger.Refuse(RejectionReason.AccountKindWrong, "plat", purchase with { PayerAccountId = "clearing" });
        ledger.Refuse(RejectionReason.NotAuthorized, "plat", purchase with { PayerAccountId = "prod-wallet" });
        ledger.Refuse(RejectionReason.NotAuthorized, "plat", purchase with { PayerAccountId = "wallet-of-plat2" });
        ledger.Refuse(
            RejectionReason.NotAuthorized, "plat", purchase with { LearnerPseudonym = new string('b', 64) });
        ledger.Refuse(RejectionReason.NotAParty, "plat2", purchase with { PayerAccountId = "wallet-of-plat2" });
        ledger.Refuse(
            RejectionReason.InsufficientFunds,
            "plat",
            purchase with { OfferId = "dear", ExpectedPrice = SampleCommands.Eur(50_001) });
    }

    [Fact]
    public void Execute_LearnerOwnsAnActiveLicence_IsRefusedUntilItEnds()
    {
        var ledger = SampleCommands.ReadyToSell();
        ledger.Accept("plat", SampleCommands.Purchase());

        ledger.Refuse(RejectionReason.AlreadyExists, "plat", SampleCommands.Purchase());
        ledger.Refuse(RejectionReason.AlreadyLicensed, "plat", SampleCommands.Purchase("second"));
        ledger.Now += (30 * OrderTime.MicrosPerDay) - 1;
        ledger.Refuse(RejectionReason.AlreadyLicensed, "plat", SampleCommands.Purchase("second"));
        ledger.Now++;

        ledger.Accept("plat", SampleCommands.Purchase("second"));
    }

    [Fact]
    public void Execute_PriceZero_LicensesWithoutPostings()
    {
        var ledger = SampleCommands.ReadyToSell();
        ledger.Accept("prod", SampleCommands.Offer("free", price: 0));

        var receipt = ledger.Accept(
            "plat", SampleCommands.Purchase() with { OfferId = "free", ExpectedPrice = SampleCommands.Eur(0) });

        Assert.Equal([typeof(PurchaseMade), typeof(LicenceGranted)], receipt.Effects.Select(effect => effect.GetType()));
    }

    [Fact]
    public void Execute_NoAgreementThatTheOwnerSigned_IsRefused()
    {
        var ledger = SampleCommands.ReadyToSell();
        ledger.Accept("prod2", SampleCommands.Work("foreign", new KpGrpc.LedgerServer.Execution.Works.OwnerShare("prod2", 1_000_000)));
        ledger.Accept("prod2", SampleCommands.Offer("foreign-offer", "foreign"));

        ledger.Refuse(
            RejectionReason.NoActiveAgreement,
            "plat",
            SampleCommands.Purchase() with { WorkId = "foreign", OfferId = "foreign-offer" });
    }

    [Fact]
    public void Execute_PartyNamesAnAccount_IsCreditedThere()
    {
        var ledger = SampleCommands.ReadyToSell();
        ledger.Accept("plat", SampleCommands.OwnWallet("plat"));
        ledger.Accept("prod", SampleCommands.Agreement("by-work", 1,
            SampleCommands.Party("prod", Role.Producer, 0),
            SampleCommands.Party("plat", Role.Platform, 1_000_000) with { AccountId = "plat-wallet" })
            .With(terms => terms with { Scope = AgreementScope.Work("work") }));
        ledger.Accept("plat", SampleCommands.Acceptance("by-work"));

        var receipt = ledger.Accept("plat", SampleCommands.Purchase());

        Assert.Equal(["wallet", "plat-wallet"], receipt.Effects.OfType<Posting>().Select(p => p.AccountId));
    }
}
