using System.Security.Cryptography;
using System.Text;

using Google.Protobuf;

using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.LedgerServer.Tests.Simulation;
using KpGrpc.Protos.Copyright.V1;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Payment.V1;
using KpGrpc.Protos.Sharing.V1;

namespace KpGrpc.LedgerServer.Tests.Golden;

/// <summary>The script's second part: licences, disputes with revenue in escrow, a share that changes hands, consents.</summary>
internal static class GoldenRights
{
    public static IEnumerable<(string By, Action<CommandPayload> SetBody)> Commands() => [.. Licences(), .. Disputes(), .. Sharing()];

    private static IEnumerable<(string By, Action<CommandPayload> SetBody)> Licences()
    {
        yield return ("producer", payload => payload.GrantLicence = new GrantLicence
        {
            LicenceId = "gift",
            WorkId = "work-0",
            Holder = new LicenceHolder { OrganizationId = "technology" },
            Terms = new LicenceTerms { Use = LicenceUse.Personal, PeriodDays = 30, Transferable = true },
        });
        yield return ("technology", payload => payload.TransferLicence = new TransferLicence
        {
            Transfer = new LicenceTransfer { LicenceId = "gift", To = new LicenceHolder { OrganizationId = "platform" } },
        });
        yield return ("producer", payload => payload.RevokeLicence = new RevokeLicence { LicenceId = "gift", Reason = "misuse" });
    }

    private static IEnumerable<(string By, Action<CommandPayload> SetBody)> Disputes()
    {
        foreach (var (dispute, work) in new[] { ("dismissed", "work-0"), ("upheld", "work-1") })
        {
            yield return ("technology", payload => payload.OpenDispute = new OpenDispute { DisputeId = dispute, WorkId = work, Claim = "ours" });
            yield return ("platform", payload => payload.Purchase = GoldenTrade.Purchase($"p-{dispute}", '3', work));
        }

        yield return ("operator", payload => payload.ResolveDispute = new ResolveDispute { DisputeId = "dismissed" });
        yield return ("operator", payload => payload.ResolveDispute = new ResolveDispute
        {
            DisputeId = "upheld",
            Upheld = true,
            Owners = { new OwnerShare { OrganizationId = "technology", Ppm = 1_000_000 } },
        });
        yield return ("platform", payload => payload.Refund = new Refund { RefundId = "r-2", PurchaseId = "p-upheld", Amount = Market.Eur(11), ReasonCode = "unwanted" });
        yield return ("producer", payload => payload.TransferOwnership = Pass(payload));
    }

    private static IEnumerable<(string By, Action<CommandPayload> SetBody)> Sharing()
    {
        var learner = GoldenTrade.Learner('4');
        yield return ("platform", payload => payload.GrantConsent = new GrantConsent
        {
            ConsentId = "consent",
            SubjectPseudonym = learner,
            GranteeOrganizationId = "technology",
            Purposes = { Purpose.Analytics },
            Scopes = { "profile.tags", "name" },
            ExpiresAt = GoldenScript.At(hours: 400),
        });
        yield return ("platform", payload => payload.CommitSubjectData = new CommitSubjectData
        {
            SubjectPseudonym = learner,
            DataId = "name",
            Commitment = ByteString.CopyFrom(SHA256.HashData("salt and name"u8)),
        });
        yield return ("technology", payload => payload.RecordAccess = new RecordAccess
        {
            AccessId = "access",
            ConsentId = "consent",
            Purpose = Purpose.Analytics,
            Scopes = { "name" },
        });
        yield return ("platform", payload => payload.RevokeConsent = new RevokeConsent { ConsentId = "consent" });
        yield return ("platform", payload => payload.EraseSubject = new EraseSubject { SubjectPseudonym = learner, ReasonCode = "asked" });
    }

    private static TransferOwnership Pass(CommandPayload payload)
    {
        var transfer = new OwnershipTransfer { WorkId = "work-0", FromOrganizationId = "producer", ToOrganizationId = "technology", Ppm = 400_000 };
        var terms = SHA256.HashData(transfer.ToByteArray());
        using var key = FixedNetwork.KeyOf("technology");
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
                KeyId = key.KeyId,
                Signature = ByteString.CopyFrom(key.Sign(message)),
                TermsHash = ByteString.CopyFrom(terms),
            },
        };
    }
}
