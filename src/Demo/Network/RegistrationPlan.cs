using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using KpGrpc.Demo.Data;
using KpGrpc.Protos.Agreement.V1;
using KpGrpc.Protos.Copyright.V1;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Membership.V1;
using KpGrpc.Protos.Payment.V1;
using KpGrpc.Protos.Type.V1;

namespace KpGrpc.Demo.Network;

/// <summary>
/// What has to stand on the ledger before anything can be sold: a clearing account, works, offers, and one agreement a producer
/// that all four parties signed. In the order in which the commands must be executed.
/// </summary>
internal sealed class RegistrationPlan(DemoData data)
{
    private readonly string currency = data.CurrencyCode;
    private readonly uint exponent = (uint)data.CurrencyExponent;

    /// <summary>All commands in order.</summary>
    public IEnumerable<PlannedCommand> Commands()
    {
        // The ledger opens revenue accounts itself, with the first share that is credited.
        yield return OpenClearingAccount();
        var works = data.Works.ToLookup(work => work.ProducerId, StringComparer.Ordinal);
        foreach (var producer in data.Producers)
        {
            foreach (var command in ProducerCommands(producer, works[producer.ProducerId]))
            {
                yield return command;
            }
        }

        // Each of the other parties accepts all agreements in one signed batch.
        foreach (var party in new[] { DevelopmentParties.Platform, DevelopmentParties.Technology, DevelopmentParties.Operator })
        {
            foreach (var producer in data.Producers)
            {
                yield return Accept(party, producer);
            }
        }
    }

    private static IEnumerable<PlannedCommand> ProducerCommands(Producer producer, IEnumerable<CatalogueWork> works)
    {
        foreach (var work in works)
        {
            yield return new(producer.ProducerId, new CommandPayload { RegisterWork = new RegisterWork { Work = WorkDetailsOf(work) } });
            if (work.Published)
            {
                yield return new(producer.ProducerId, new CommandPayload { PublishOffer = new PublishOffer { Offer = OfferOf(work) } });
            }
        }

        yield return new(producer.ProducerId, new CommandPayload { ProposeAgreement = new ProposeAgreement { Terms = TermsOf(producer) } });
    }

    private PlannedCommand OpenClearingAccount() => new(DevelopmentParties.PaymentProvider, new CommandPayload
    {
        OpenAccount = new OpenAccount
        {
            AccountId = DevelopmentParties.ClearingAccount(currency),
            Owner = new AccountOwner { OrganizationId = DevelopmentParties.PaymentProvider },
            Kind = AccountKind.Clearing,
            CurrencyCode = currency,
            Exponent = exponent,
        },
    });

    private static WorkDetails WorkDetailsOf(CatalogueWork work)
    {
        var text = work.Descriptions.TryGetValue(work.Language, out var description) ? description : work.MainTitle();
        return new WorkDetails
        {
            WorkId = work.WorkId,
            Title = work.MainTitle(),
            Kind = ContractNames.Kind(work.Kind),
            Field = ContractNames.Field(work.Field),
            ContentHashes =
            {
                new ContentHash
                {
                    Algorithm = Protos.Copyright.V1.HashAlgorithm.Sha256,
                    Digest = ByteString.CopyFrom(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
                    Label = "description.txt",
                },
            },
            Owners = { new OwnerShare { OrganizationId = work.ProducerId, Ppm = 1_000_000 } },
            Language = work.Language,
        };
    }

    private static OfferDetails OfferOf(CatalogueWork work) => new()
    {
        WorkId = work.WorkId,
        OfferId = DevelopmentParties.OfferOf(work.WorkId),
        Price = new Money { MinorUnits = work.Price.MinorUnits, CurrencyCode = work.Price.CurrencyCode, Exponent = (uint)work.Price.Exponent },
        Terms = new LicenceTerms { Use = LicenceUse.Personal },
    };

    private static PlannedCommand Accept(string party, Producer producer) => new(party, new CommandPayload
    {
        AcceptAgreement = new AcceptAgreement
        {
            AgreementId = DevelopmentParties.AgreementOf(producer.ProducerId),
            Version = 1,
            TermsHash = ByteString.CopyFrom(SHA256.HashData(TermsOf(producer).ToByteArray())),
        },
    });

    /// <summary>The four-party split of every sale of a producer's works.</summary>
    internal static AgreementTerms TermsOf(Producer producer) => new()
    {
        AgreementId = DevelopmentParties.AgreementOf(producer.ProducerId),
        Version = 1,
        Scope = new AgreementScope { ProducerOrganizationId = producer.ProducerId },
        Splits =
        {
            new Split
            {
                RevenueKind = RevenueKind.Sale,
                Rounding = RoundingRule.LargestRemainder,
                Parties =
                {
                    new Party { OrganizationId = producer.ProducerId, Role = Role.Producer, Ppm = DevelopmentParties.ContentPpm },
                    new Party { OrganizationId = DevelopmentParties.Platform, Role = Role.Platform, Ppm = DevelopmentParties.PlatformPpm },
                    new Party { OrganizationId = DevelopmentParties.Technology, Role = Role.Technology, Ppm = DevelopmentParties.TechnologyPpm },
                    new Party { OrganizationId = DevelopmentParties.Operator, Role = Role.Operator, Ppm = DevelopmentParties.OperatorPpm },
                },
            },
        },
    };
}
