using System.Security.Cryptography;

using Google.Protobuf;

using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.Protos.Agreement.V1;

namespace KpGrpc.LedgerServer.Tests.Services.Submission.Steps;

/// <summary>An agreement that stays for sales, pools and advertising, one that is refused and one that is ended.</summary>
internal static class AgreementSteps
{
    public static IEnumerable<CommandStep> Of() =>
    [
        .. Agreed(Terms("standing", new AgreementScope { DefaultScope = true })),
        .. Agreed(Terms("ending", new AgreementScope { WorkId = "work-1" })),
        new("producer", payload => payload.TerminateAgreement = new TerminateAgreement { AgreementId = "ending", Version = 1, Reason = "over" }),
        new("producer", payload => payload.ProposeAgreement = new ProposeAgreement
        {
            Terms = Terms("refused", new AgreementScope { ProducerOrganizationId = "producer" }),
        }),
        new("platform", payload => payload.RefuseAgreement = new RefuseAgreement { AgreementId = "refused", Version = 1, Reason = "too little" }),
    ];

    private static IEnumerable<CommandStep> Agreed(AgreementTerms terms)
    {
        var hash = ByteString.CopyFrom(SHA256.HashData(terms.ToByteArray()));
        yield return new("producer", payload => payload.ProposeAgreement = new ProposeAgreement { Terms = terms });
        foreach (var party in new[] { "platform", "technology", "operator" })
        {
            yield return new(party, payload => payload.AcceptAgreement = new AcceptAgreement
            {
                AgreementId = terms.AgreementId,
                Version = terms.Version,
                TermsHash = hash,
            });
        }
    }

    private static AgreementTerms Terms(string id, AgreementScope scope)
    {
        var sale = Market.Terms().Splits[0];
        return new AgreementTerms
        {
            AgreementId = id,
            Version = 1,
            Scope = scope,
            Splits =
            {
                sale,
                new Split(sale) { RevenueKind = RevenueKind.Subscription },
                new Split(sale) { RevenueKind = RevenueKind.Advertising },
            },
        };
    }
}
