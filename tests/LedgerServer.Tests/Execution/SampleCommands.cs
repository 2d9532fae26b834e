using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Agreements.Decisions;
using KpGrpc.LedgerServer.Execution.Licences;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Offers;
using KpGrpc.LedgerServer.Execution.Purchases;
using KpGrpc.LedgerServer.Execution.Revenue;
using KpGrpc.LedgerServer.Execution.Transfers;
using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Tests.Execution;

/// <summary>Commands that are accepted in the order of a sale; tests change one thing at a time.</summary>
internal static class SampleCommands
{
    public static readonly string Learner = new('a', 64);

    public static Money Eur(long minorUnits) => new(minorUnits, "EUR", 2);

    public static OpenAccount Wallet(string id = "wallet") => new()
    {
        AccountId = id,
        Owner = AccountOwner.Learner(Learner),
        AccountKind = AccountKind.Wallet,
        CurrencyCode = "EUR",
        Exponent = 2,
    };

    public static OpenAccount Clearing() => new()
    {
        AccountId = "clearing",
        Owner = AccountOwner.Organization("pay"),
        AccountKind = AccountKind.Clearing,
        CurrencyCode = "EUR",
        Exponent = 2,
    };

    public static OpenAccount OwnWallet(string organizationId) => Wallet(organizationId + "-wallet") with
    {
        Owner = AccountOwner.Organization(organizationId),
    };

    public static Deposit Deposit(long minorUnits, string reference = "ref-1", string account = "wallet") => new()
    {
        ClearingAccountId = "clearing",
        AccountId = account,
        Amount = Eur(minorUnits),
        ExternalReference = reference,
    };

    public static Transfer Transfer(string debit, string credit, long minorUnits) =>
        new() { DebitAccountId = debit, CreditAccountId = credit, Amount = Eur(minorUnits) };

    public static RegisterWork Work(string id = "work", params OwnerShare[] owners) => new(
        new WorkDetails
        {
            WorkId = id,
            Title = "Algebra",
            Kind = WorkKind.Course,
            Field = KnowledgeField.Education,
            ContentHashes = [new ContentHash(HashAlgorithm.Sha256, new byte[32], "lesson-1")],
            Owners = owners.Length > 0 ? owners : [new OwnerShare("prod", 1_000_000)],
        },
        TestLedger.Hash("details " + id),
        [.. owners.Skip(1).Select(owner => SampleSignatures.Of(owner.OrganizationId, "details " + id))]);

    public static PublishOffer Offer(string id = "offer", string work = "work", long price = 10_007) => new(
        new OfferDetails
        {
            WorkId = work,
            OfferId = id,
            Price = Eur(price),
            Terms = new LicenceTerms { Use = LicenceUse.Personal, PeriodDays = 30 },
        });

    public static Party Party(string organizationId, Role role, uint ppm) =>
        new() { OrganizationId = organizationId, Role = role, Ppm = ppm };

    public static ProposeAgreement Agreement(string id = "agreement", uint version = 1, params Party[] parties) => new(
        new AgreementTerms
        {
            AgreementId = id,
            Version = version,
            Scope = AgreementScope.Default,
            Splits =
            [
                new SplitTerms
                {
                    RevenueKind = RevenueKind.Sale,
                    Rounding = RoundingRule.LargestRemainder,
                    Parties = parties.Length > 0
                        ? parties
                        :
                        [
                            Party("prod", Role.Producer, 700_000),
                            Party("plat", Role.Platform, 200_000),
                            Party("tech", Role.Technology, 70_000),
                            Party("op", Role.Operator, 30_000),
                        ],
                },
            ],
        },
        TermsHash(id, version));

    public static ProposeAgreement With(this ProposeAgreement proposal, Func<AgreementTerms, AgreementTerms> change) =>
        proposal with { Terms = change(proposal.Terms) };

    public static ProposeAgreement WithSplit(this ProposeAgreement proposal, Func<SplitTerms, SplitTerms> change) =>
        proposal.With(terms => terms with { Splits = [change(terms.Splits[0])] });

    public static AcceptAgreement Acceptance(string id = "agreement", uint version = 1) =>
        new(id, version, TermsHash(id, version));

    public static Purchase Purchase(string id = "purchase") => new()
    {
        PurchaseId = id,
        LearnerPseudonym = Learner,
        WorkId = "work",
        OfferId = "offer",
        ExpectedPrice = Eur(10_007),
        PayerAccountId = "wallet",
    };

    public static RecordRevenue Advertising(string id = "revenue") => new()
    {
        RevenueId = id,
        RevenueKind = RevenueKind.Advertising,
        WorkId = "work",
        PayerAccountId = "plat2-wallet",
        Amount = Eur(101),
    };

    /// <summary>Everything up to a purchase: 500.00 in the wallet, a work with an offer, a four-party agreement.</summary>
    public static TestLedger ReadyToSell(Func<AgreementTerms, AgreementTerms>? change = null)
    {
        var ledger = new TestLedger();
        ledger.Accept("pay", Clearing());
        ledger.Accept("plat", Wallet());
        ledger.Accept("pay", Deposit(50_000));
        ledger.Accept("prod", Work());
        ledger.Accept("prod", Offer());
        ledger.Accept("prod", Agreement().With(change ?? (terms => terms)));
        foreach (var party in new[] { "plat", "tech", "op" })
        {
            ledger.Accept(party, Acceptance());
        }

        return ledger;
    }

    /// <summary>The histories that <see cref="ReadyToSell"/> leaves: the deposit's.</summary>
    public static PostingBook ReadyToSellBook()
    {
        var (ledger, book) = (new TestLedger(), new PostingBook());
        ledger.Accept("pay", Clearing());
        ledger.Accept("plat", Wallet());
        ledger.Accept("pay", Deposit(50_000));
        book.Take(ledger.State);
        return book;
    }

    private static KpGrpc.MerkleLog.Hashing.Hash256 TermsHash(string id, uint version) =>
        TestLedger.Hash("terms " + id + version);
}
