using System.Security.Cryptography;
using System.Text;

using Google.Protobuf;

using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.Protos.Copyright.V1;
using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.LedgerServer.Tests.Services.Submission.Steps;

/// <summary>Two works, an offer that stays and one that goes, a licence's life, a claim, and a share that is passed on.</summary>
internal static class RightsSteps
{
    public static IEnumerable<CommandStep> Of(EveryKindLedger ledger)
    {
        yield return new("producer", payload => payload.RegisterWork = Market.Work("work-0"));
        yield return new("producer", payload => payload.RegisterWork = Market.Work("work-1"));
        yield return new("producer", payload => payload.PublishOffer = Market.Offer("work-0"));
        yield return new("producer", payload => payload.PublishOffer = Market.Offer("work-1"));
        yield return new("producer", payload => payload.WithdrawOffer = new WithdrawOffer { OfferId = "offer-work-1" });
        yield return new("producer", payload => payload.GrantLicence = new GrantLicence
        {
            LicenceId = "licence",
            WorkId = "work-0",
            Holder = new LicenceHolder { OrganizationId = "technology" },
            Terms = new LicenceTerms { Use = LicenceUse.Enterprise, Transferable = true },
        });
        yield return new("technology", payload => payload.TransferLicence = new TransferLicence
        {
            Transfer = new LicenceTransfer { LicenceId = "licence", To = new LicenceHolder { OrganizationId = "platform" } },
        });
        yield return new("producer", payload => payload.RevokeLicence = new RevokeLicence { LicenceId = "licence", Reason = "misuse" });
        yield return new("technology", payload => payload.OpenDispute = new OpenDispute { DisputeId = "dispute", WorkId = "work-1", Claim = "ours" });
        yield return new("operator", payload => payload.ResolveDispute = new ResolveDispute { DisputeId = "dispute" });
        yield return new("producer", payload => payload.TransferOwnership = Pass(payload, ledger));
    }

    private static TransferOwnership Pass(CommandPayload payload, EveryKindLedger ledger)
    {
        var transfer = new OwnershipTransfer { WorkId = "work-1", FromOrganizationId = "producer", ToOrganizationId = "technology", Ppm = 400_000 };
        var terms = SHA256.HashData(transfer.ToByteArray());
        byte[] message =
        [
            .. Encoding.ASCII.GetBytes($"kp.copyright.v1.CoSignature\n{payload.NetworkId}\n{payload.LedgerId}\n"), .. payload.IdempotencyKey.Span,
            .. "producer\n"u8, .. terms,
        ];
        return new TransferOwnership
        {
            Transfer = transfer,
            ReceiverSignature = new CoSignature
            {
                OrganizationId = "technology",
                KeyId = ledger.KeyOf("technology").KeyId,
                Signature = ByteString.CopyFrom(ledger.KeyOf("technology").Sign(message)),
                TermsHash = ByteString.CopyFrom(terms),
            },
        };
    }
}
