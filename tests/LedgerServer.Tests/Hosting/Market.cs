using Google.Protobuf;

using KpGrpc.Protos.Agreement.V1;
using KpGrpc.Protos.Copyright.V1;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Membership.V1;
using KpGrpc.Protos.Payment.V1;
using KpGrpc.Protos.Type.V1;

namespace KpGrpc.LedgerServer.Tests.Hosting;

/// <summary>The bodies of a small market: a learner with a funded wallet, a work with an offer, a four-party agreement.</summary>
internal static class Market
{
    public const long PriceMinorUnits = 1_007;
    public const string WalletId = "wallet";

    public static readonly string Learner = new('a', 64);

    public static Money Eur(long minorUnits) => new() { MinorUnits = minorUnits, CurrencyCode = "EUR", Exponent = 2 };

    public static OpenAccount Clearing() => new()
    {
        AccountId = "clearing",
        Owner = new AccountOwner { OrganizationId = "payment-provider" },
        Kind = AccountKind.Clearing,
        CurrencyCode = "EUR",
        Exponent = 2,
    };

    /// <param name="owner">Whose it is; the learner's where null.</param>
    public static OpenAccount Wallet(AccountOwner? owner = null) => new()
    {
        AccountId = WalletId,
        Owner = owner ?? new AccountOwner { LearnerPseudonym = Learner },
        Kind = AccountKind.Wallet,
        CurrencyCode = "EUR",
        Exponent = 2,
    };

    public static Deposit Deposit(long minorUnits, string reference) => new()
    {
        ClearingAccountId = "clearing",
        AccountId = WalletId,
        Amount = Eur(minorUnits),
        ExternalReference = reference,
    };

    public static RegisterWork Work(string workId) => new()
    {
        Work = new WorkDetails
        {
            WorkId = workId,
            Title = "Algebra",
            Kind = WorkKind.Course,
            Field = KnowledgeField.Education,
            ContentHashes = { new ContentHash { Algorithm = HashAlgorithm.Sha256, Digest = ByteString.CopyFrom(new byte[32]) } },
            Owners = { new OwnerShare { OrganizationId = "producer", Ppm = 1_000_000 } },
            Metadata = { ["level"] = "1", ["edition"] = "2" },
        },
    };

    public static PublishOffer Offer(string workId) => new()
    {
        Offer = new OfferDetails
        {
            WorkId = workId,
            OfferId = $"offer-{workId}",
            Price = Eur(PriceMinorUnits),
            Terms = new LicenceTerms { Use = LicenceUse.Personal },
        },
    };

    public static AgreementTerms Terms() => new()
    {
        AgreementId = "agreement",
        Version = 1,
        Scope = new AgreementScope { DefaultScope = true },
        Splits =
        {
            new Split
            {
                RevenueKind = RevenueKind.Sale,
                Rounding = RoundingRule.LargestRemainder,
                Parties =
                {
                    new Party { OrganizationId = "producer", Role = Role.Producer, Ppm = 700_000 },
                    new Party { OrganizationId = "platform", Role = Role.Platform, Ppm = 200_000 },
                    new Party { OrganizationId = "technology", Role = Role.Technology, Ppm = 70_000 },
                    new Party { OrganizationId = "operator", Role = Role.Operator, Ppm = 30_000 },
                },
            },
        },
    };

    public static Purchase Purchase(string purchaseId, string workId) => new()
    {
        PurchaseId = purchaseId,
        LearnerPseudonym = Learner,
        WorkId = workId,
        OfferId = $"offer-{workId}",
        ExpectedPrice = Eur(PriceMinorUnits),
        PayerAccountId = WalletId,
    };

    /// <summary>The commands up to a first sale, in order.</summary>
    public static IEnumerable<(string OrganizationId, Action<CommandPayload> SetBody)> Opening(int works, long deposit, AccountOwner? walletOwner = null)
    {
        yield return ("payment-provider", payload => payload.OpenAccount = Clearing());
        yield return ("platform", payload => payload.OpenAccount = Wallet(walletOwner));
        yield return ("payment-provider", payload => payload.Deposit = Deposit(deposit, "deposit-1"));
        yield return ("producer", payload => payload.ProposeAgreement = new ProposeAgreement { Terms = Terms() });
        var hash = ByteString.CopyFrom(System.Security.Cryptography.SHA256.HashData(Terms().ToByteArray()));
        foreach (var party in new[] { "platform", "technology", "operator" })
        {
            yield return (party, payload => payload.AcceptAgreement = new AcceptAgreement { AgreementId = "agreement", Version = 1, TermsHash = hash });
        }

        for (var i = 0; i < works; i++)
        {
            var workId = $"work-{i}";
            yield return ("producer", payload => payload.RegisterWork = Work(workId));
            yield return ("producer", payload => payload.PublishOffer = Offer(workId));
        }
    }

    /// <summary>Opens the market on a running server.</summary>
    public static async Task OpenAsync(LedgerFixture fixture, int works = 1, long deposit = 100_000, AccountOwner? walletOwner = null)
    {
        foreach (var (organizationId, setBody) in Opening(works, deposit, walletOwner))
        {
            await fixture.AcceptAsync(organizationId, setBody);
        }
    }
}
