using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Net.Client;
using KpGrpc.Client.Ledger;
using KpGrpc.Client.Signing;
using KpGrpc.GatewayLoad.Servers;
using KpGrpc.Perf.Harness.Running;
using KpGrpc.Protos.Agreement.V1;
using KpGrpc.Protos.Copyright.V1;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Membership.V1;
using KpGrpc.Protos.Payment.V1;
using KpGrpc.Protos.Type.V1;
using HashAlgorithm = KpGrpc.Protos.Copyright.V1.HashAlgorithm;

namespace KpGrpc.GatewayLoad.Chaos;

/// <summary>What has to stand on the ledger before the catalogue's works can be bought through the Gateway.</summary>
/// <param name="stack">The servers.</param>
/// <param name="network">Folder of the network's keys.</param>
/// <param name="time">Clock.</param>
internal sealed class LedgerMarket(GatewayStack stack, string network, TimeProvider time)
{
    /// <summary>Works that are for sale, the first of the catalogue.</summary>
    public const int WorksForSale = 200;

    private const string Provider = "payment-provider";
    private const string Producer = "producer";
    private const string Platform = "platform";

    /// <summary>Opens the clearing account, registers and offers the works, and has the agreement signed by all.</summary>
    /// <exception cref="LoadException">The ledger refused a command.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        using var channel = GrpcChannel.ForAddress(stack.Ledger.Address);
        var client = new LedgerClient(channel, new LedgerClientOptions { Deadline = TimeSpan.FromSeconds(30) });
        var terms = Terms();
        var accept = new AcceptAgreement { AgreementId = terms.AgreementId, Version = 1, TermsHash = ByteString.CopyFrom(SHA256.HashData(terms.ToByteArray())) };
        var commands = new List<(string Organization, Action<CommandPayload> SetBody)>
        {
            (Provider, payload => payload.OpenAccount = new OpenAccount
            {
                AccountId = $"{Provider}/clearing/{GatewayStack.Currency}",
                Owner = new AccountOwner { OrganizationId = Provider },
                Kind = AccountKind.Clearing,
                CurrencyCode = GatewayStack.Currency,
                Exponent = 2,
            }),
            (Producer, payload => payload.ProposeAgreement = new ProposeAgreement { Terms = terms }),
            (Platform, payload => payload.AcceptAgreement = accept),
            ("technology", payload => payload.AcceptAgreement = accept),
            ("operator", payload => payload.AcceptAgreement = accept),
        };
        for (var work = 0; work < WorksForSale; work++)
        {
            var number = work;
            commands.Add((Producer, payload => payload.RegisterWork = Work(number)));
            commands.Add((Producer, payload => payload.PublishOffer = Offer(number)));
        }

        foreach (var (organization, setBody) in commands)
        {
            using var key = SigningKeyFile.Read(Path.Combine(network, "keys", $"{organization}.key"));
            var signer = new CommandSigner(key, GatewayStack.Network, GatewayStack.LedgerName, time, TimeSpan.FromHours(1));
            var outcome = await client.SubmitAsync(signer.Sign(setBody), cancellationToken: cancellationToken);
            if (outcome is not CommandOutcome.Answered { Receipt.Status: ReceiptStatus.Accepted })
            {
                throw new LoadException($"the ledger did not accept a command of {organization}: {outcome}");
            }
        }
    }

    /// <summary>An amount of the market's currency.</summary>
    public static Money Amount(long minorUnits) => new() { MinorUnits = minorUnits, CurrencyCode = GatewayStack.Currency, Exponent = 2 };

    private static RegisterWork Work(int number) => new()
    {
        Work = new WorkDetails
        {
            WorkId = Market.WorkId(number),
            Title = $"Course {number}",
            Kind = WorkKind.Course,
            Field = KnowledgeField.Education,
            ContentHashes = { new ContentHash { Algorithm = HashAlgorithm.Sha256, Digest = ByteString.CopyFrom(SHA256.HashData(BitConverter.GetBytes(number))) } },
            Owners = { new OwnerShare { OrganizationId = Producer, Ppm = 1_000_000 } },
        },
    };

    private static PublishOffer Offer(int number) => new()
    {
        Offer = new OfferDetails
        {
            WorkId = Market.WorkId(number),
            OfferId = $"offer/{Market.WorkId(number)}",
            Price = Amount(Market.PriceOf(number)),
            Terms = new LicenceTerms { Use = LicenceUse.Personal },
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
                    new Party { OrganizationId = Producer, Role = Role.Producer, Ppm = 700_003 },
                    new Party { OrganizationId = Platform, Role = Role.Platform, Ppm = 199_997 },
                    new Party { OrganizationId = "technology", Role = Role.Technology, Ppm = 70_000 },
                    new Party { OrganizationId = "operator", Role = Role.Operator, Ppm = 30_000 },
                },
            },
        },
    };
}
