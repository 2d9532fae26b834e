using System.Globalization;

using Google.Rpc;

using Grpc.Core;

using KpGrpc.Gateway.Security;
using KpGrpc.Gateway.Services.Catalogue;
using KpGrpc.Gateway.Services.Purchases;
using KpGrpc.Protos.Copyright.V1;
using KpGrpc.Protos.Learner.V1;
using KpGrpc.Protos.Payment.V1;
using KpGrpc.ServiceDefaults.Errors;
using KpGrpc.ServiceDefaults.Validation;

using Microsoft.Extensions.Options;

using Work = KpGrpc.Protos.Catalog.V1.Work;

namespace KpGrpc.Gateway.Services.Library;

/// <summary>
/// What a learner owns, newest first. The ledger lists licences oldest first, so all of hers are read and turned round.
/// A page token says how many were shown, and how many there were on the first page: what she buys meanwhile does not
/// move the pages.
/// </summary>
internal sealed class LibraryReader(
    CopyrightService.CopyrightServiceClient copyright,
    PaymentService.PaymentServiceClient payments,
    WorkLookup works,
    Pseudonyms pseudonyms,
    IOptions<LedgerOptions> options)
{
    private const int LedgerPageSize = 1_000;
    private const int LicencesMax = 100_000;

    private readonly string ledgerId = options.Value.LedgerId;

    public async Task<GetLibraryResponse> ReadAsync(GetLibraryRequest request, CancellationToken cancellationToken)
    {
        var size = request.PageSize == 0 ? FieldRules.PageSizeDefault : (int)request.PageSize;
        var (seen, total) = ReadToken(request.PageToken);
        var licences = await ListAsync(request, cancellationToken);
        total = total < 0 ? licences.Count : Math.Min(total, licences.Count);
        var page = licences.Take(total).Reverse().Skip(seen).Take(size).ToArray();
        var known = await FindWorksAsync(page.Select(licence => licence.WorkId), cancellationToken);

        var language = Languages.Primary(request.LanguageTag);
        var answer = new GetLibraryResponse();
        foreach (var licence in page)
        {
            known.TryGetValue(licence.WorkId, out var work);
            answer.Items.Add(await ToItemAsync(licence, work, language, cancellationToken));
        }

        seen += page.Length;
        answer.NextPageToken = seen < total ? string.Create(CultureInfo.InvariantCulture, $"{seen}.{total}") : string.Empty;
        return answer;
    }

    private static (int Seen, int Total) ReadToken(string token)
    {
        if (token.Length == 0)
        {
            return (0, -1);
        }

        var parts = token.Split('.');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seen)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var total)
            ? (seen, total)
            : throw RichErrors.InvalidArgument(
                [new BadRequest.Types.FieldViolation { Field = "page_token", Description = "must be the next_page_token of the page before" }]);
    }

    private async Task<List<Licence>> ListAsync(GetLibraryRequest request, CancellationToken cancellationToken)
    {
        var asked = new ListLicencesRequest
        {
            LedgerId = ledgerId,
            Holder = new LicenceHolder { LearnerPseudonym = pseudonyms.OnLedger(ledgerId, request.LearnerId) },
            IncludeInactive = request.IncludeEnded,
            PageSize = LedgerPageSize,
        };
        var licences = new List<Licence>();
        do
        {
            var page = await copyright.ListLicencesAsync(asked, cancellationToken: cancellationToken);
            licences.AddRange(page.Licences);
            asked.PageToken = page.NextPageToken;
        }
        while (asked.PageToken.Length > 0 && licences.Count < LicencesMax);

        return licences;
    }

    private async Task<IReadOnlyDictionary<string, Work>> FindWorksAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        try
        {
            return await works.FindAsync(ids, cancellationToken);
        }
        catch (RpcException) when (!cancellationToken.IsCancellationRequested)
        {
            // What she owns she sees, if without titles.
            return new Dictionary<string, Work>();
        }
    }

    private async Task<LibraryItem> ToItemAsync(Licence licence, Work? work, string language, CancellationToken cancellationToken)
    {
        var item = new LibraryItem
        {
            Work = work is null ? new WorkCard { WorkId = licence.WorkId, Owned = true } : WorkCards.ToCard(work, language, owned: true),
            Entitlement = new Entitlement
            {
                WorkId = licence.WorkId,
                LicenceId = licence.LicenceId,
                GrantedAt = licence.ValidFrom,
                ExpiresAt = licence.ValidUntil,
            },
            PurchaseId = licence.PurchaseId,
            Sequence = licence.GrantedAtSequence,
            Revoked = licence.Status == LicenceStatus.Revoked,
        };
        if (licence.PurchaseId.Length > 0)
        {
            var asked = new GetPurchaseRequest { LedgerId = ledgerId, PurchaseId = licence.PurchaseId };
            item.Paid = (await payments.GetPurchaseAsync(asked, cancellationToken: cancellationToken)).Purchase.Price;
        }

        return item;
    }
}
