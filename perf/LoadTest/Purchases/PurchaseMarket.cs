using System.Security.Cryptography;

using Google.Protobuf;

using KpGrpc.LoadTest.Accounts;
using KpGrpc.LoadTest.Servers;
using KpGrpc.Protos.Agreement.V1;
using KpGrpc.Protos.Copyright.V1;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Membership.V1;
using KpGrpc.Protos.Payment.V1;
using KpGrpc.Protos.Type.V1;

using HashAlgorithm = KpGrpc.Protos.Copyright.V1.HashAlgorithm;

namespace KpGrpc.LoadTest.Purchases;

/// <summary>What has to stand on a ledger before something can be sold, and the sale itself.</summary>
internal static class PurchaseMarket
{
    public const string Platform = "platform";
    private const string Provider = "payment-provider";
    private const string WalletId = "wallet";
    private const string WorkId = "work";
    private const string OfferId = "offer";
    private const long PriceMinorUnits = 1_007;

    /// <summary>Opens accounts, work, offer and the agreement of four parties.</summary>
    public static async Task OpenAsync(LedgerSession session, CancellationToken cancellationToken)
    {
        var terms = Terms();
        var accept = new AcceptAgreement { AgreementId = terms.AgreementId, Version = 1, TermsHash = ByteString.CopyFrom(SHA256.HashData(terms.ToByteArray())) };
        (string Organization, Action<CommandPayload> SetBody)[] commands =
        [
            (Provider, payload => payload.OpenAccount = Account("clearing", Provider, AccountKind.Clearing)),
            (Platform, payload => payload.OpenAccount = Account(WalletId, Platform, AccountKind.Wallet)),
            (Provider, payload => payload.Deposit = new Deposit { ClearingAccountId = "clearing", AccountId = WalletId, Amount = Cny(1_000_000_000_000), ExternalReference = "deposit" }),
            ("producer", payload => payload.ProposeAgreement = new ProposeAgreement { Terms = terms }),
            (Platform, payload => payload.AcceptAgreement = accept),
            ("technology", payload => payload.AcceptAgreement = accept),
            ("operator", payload => payload.AcceptAgreement = accept),
            ("producer", payload => payload.RegisterWork = Work()),
            ("producer", payload => payload.PublishOffer = new PublishOffer { Offer = new OfferDetails { WorkId = WorkId, OfferId = OfferId, Price = Cny(PriceMinorUnits), Terms = new LicenceTerms { Use = LicenceUse.Personal } } }),
        ];
        foreach (var (organization, setBody) in commands)
        {
            AccountOpening.RequireAccepted([await session.Client.SubmitAsync(session.Signer(organization).Sign(setBody), cancellationToken: cancellationToken)]);
        }
    }

    /// <summary>A purchase by a learner who has bought nothing before.</summary>
    /// <param name="number">Tells purchases apart.</param>
    public static Purchase Purchase(long number) => new()
    {
        PurchaseId = $"purchase-{number}",
        LearnerPseudonym = $"{number:x64}",
        WorkId = WorkId,
        OfferId = OfferId,
        ExpectedPrice = Cny(PriceMinorUnits),
        PayerAccountId = WalletId,
    };

    private static Money Cny(long minorUnits) => new() { MinorUnits = minorUnits, CurrencyCode = LedgerSession.Currency, Exponent = LedgerSession.Exponent };

    private static OpenAccount Account(string id, string owner, AccountKind kind) => new()
    {
        AccountId = id,
        Owner = new AccountOwner { OrganizationId = owner },
        Kind = kind,
        CurrencyCode = LedgerSession.Currency,
        Exponent = LedgerSession.Exponent,
    };

    private static RegisterWork Work() => new()
    {
        Work = new WorkDetails
        {
            WorkId = WorkId,
            Title = "Algebra",
            Kind = WorkKind.Course,
            Field = KnowledgeField.Education,
            ContentHashes = { new ContentHash { Algorithm = HashAlgorithm.Sha256, Digest = ByteString.CopyFrom(new byte[32]) } },
            Owners = { new OwnerShare { OrganizationId = "producer", Ppm = 1_000_000 } },
        },
    };

    private static AgreementTerms Terms() => new()
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
                    new Party { OrganizationId = Platform, Role = Role.Platform, Ppm = 200_000 },
                    new Party { OrganizationId = "technology", Role = Role.Technology, Ppm = 70_000 },
                    new Party { OrganizationId = "operator", Role = Role.Operator, Ppm = 30_000 },
                },
            },
        },
    };
}
