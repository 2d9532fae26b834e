using System.Globalization;

using KpGrpc.Gateway.Security;
using KpGrpc.Gateway.Services.Purchases;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.ServiceDefaults.Errors;

using Microsoft.Extensions.Options;

using GetReceiptRequest = KpGrpc.Protos.Learner.V1.GetReceiptRequest;
using GetReceiptResponse = KpGrpc.Protos.Learner.V1.GetReceiptResponse;

namespace KpGrpc.Gateway.Services.Receipts;

/// <summary>Finds a learner's own receipts. Another learner's are not there for her.</summary>
internal sealed class ReceiptReader(LedgerWriter ledger, ReceiptTranslation receipts, Pseudonyms pseudonyms, IOptions<LedgerOptions> options)
{
    private const string Kind = "receipt";

    public async Task<GetReceiptResponse> ReadAsync(GetReceiptRequest request, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        if (request.LedgerId.Length > 0 && request.LedgerId != settings.LedgerId)
        {
            throw RichErrors.NotFound("ledger", request.LedgerId, $"this Gateway works with the ledger {settings.LedgerId}");
        }

        var pseudonym = pseudonyms.OnLedger(settings.LedgerId, request.LearnerId);
        var entry = request.SelectorCase == GetReceiptRequest.SelectorOneofCase.Sequence
            ? await ledger.FindAsync(request.Sequence, settings.LedgerId, cancellationToken)
            : await FindByKeyAsync(request, pseudonym, cancellationToken);
        if (entry?.Receipt is { Status: ReceiptStatus.Rejected } rejected && request.SelectorCase == GetReceiptRequest.SelectorOneofCase.IdempotencyKey)
        {
            var violation = Rejections.ViolationOf(rejected.RejectionReason);
            throw RichErrors.NotFound(Kind, Name(request), $"the ledger rejected this write ({violation}), so it did not happen and never will under this key");
        }

        return entry is not null && ReceiptOwnership.IsOf(entry.Receipt, pseudonym)
            ? new GetReceiptResponse { Receipt = await receipts.ToLearnerAsync(entry, cancellationToken) }
            : throw RichErrors.NotFound(Kind, Name(request), "no such entry of this learner is logged: up to now the write did not happen");
    }

    // The keys on the ledger are made from her pseudonym, so nobody else's write can be found here.
    private async Task<LedgerEntry?> FindByKeyAsync(GetReceiptRequest request, string pseudonym, CancellationToken cancellationToken) =>
        await ledger.FindAsync(options.Value.PlatformOrganizationId, PurchaseFlow.KeyOf(pseudonym, request.IdempotencyKey), cancellationToken)
        ?? await ledger.FindAsync(options.Value.ProviderOrganizationId, TopUpFlow.KeyOf(pseudonym, request.IdempotencyKey), cancellationToken);

    private static string Name(GetReceiptRequest request) =>
        request.SelectorCase == GetReceiptRequest.SelectorOneofCase.Sequence
            ? request.Sequence.ToString(CultureInfo.InvariantCulture)
            : Convert.ToHexStringLower(request.IdempotencyKey.Span);
}
