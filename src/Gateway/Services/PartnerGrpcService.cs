using Grpc.Core;

using KpGrpc.Gateway.Downstream;
using KpGrpc.Gateway.Services.Purchases;
using KpGrpc.Gateway.Services.Receipts;
using KpGrpc.Protos.Partner.V1;
using KpGrpc.Protos.Payment.V1;
using KpGrpc.ServiceDefaults.Errors;
using KpGrpc.ServiceDefaults.Validation;

using GetStatementRequest = KpGrpc.Protos.Partner.V1.GetStatementRequest;
using GetStatementResponse = KpGrpc.Protos.Partner.V1.GetStatementResponse;
using UpstreamRequest = KpGrpc.Protos.Payment.V1.GetStatementRequest;

namespace KpGrpc.Gateway.Services;

/// <summary>The partner's door. What is not overridden is not served yet and says so.</summary>
internal sealed class PartnerGrpcService(PaymentService.PaymentServiceClient payments, LedgerWriter ledger) : PartnerService.PartnerServiceBase
{
    public override Task<GetStatementResponse> GetStatement(GetStatementRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        faults.RequireId("organization_id", request.OrganizationId);
        faults.Require(request.CurrencyCode.Length == 3 && request.CurrencyCode.All(char.IsAsciiLetterUpper), "currency_code", "must be an ISO 4217 code of three upper-case letters");
        faults.PageSize("page_size", request.PageSize);
        faults.ThrowIfAny();
        return Away.ExplainAsync(ReadStatementAsync(request, context.CancellationToken), Destination.Ledger);
    }

    public override Task<GetReceiptResponse> GetReceipt(GetReceiptRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        faults.RequireId("organization_id", request.OrganizationId);
        faults.ThrowIfAny();
        return Away.ExplainAsync(ReadReceiptAsync(request, context.CancellationToken), Destination.Ledger);
    }

    private async Task<GetStatementResponse> ReadStatementAsync(GetStatementRequest request, CancellationToken cancellationToken)
    {
        var asked = new UpstreamRequest
        {
            LedgerId = request.LedgerId,
            OrganizationId = request.OrganizationId,
            CurrencyCode = request.CurrencyCode,
            PageSize = request.PageSize,
            PageToken = request.PageToken,
        };
        if (request.PeriodId.Length > 0)
        {
            asked.PeriodId = request.PeriodId;
        }
        else
        {
            asked.Sequences = new SequenceRange();
        }

        return new GetStatementResponse { Statement = await payments.GetStatementAsync(asked, cancellationToken: cancellationToken) };
    }

    private async Task<GetReceiptResponse> ReadReceiptAsync(GetReceiptRequest request, CancellationToken cancellationToken)
    {
        var entry = await ledger.FindAsync(request.Sequence, request.LedgerId, cancellationToken);
        return entry is not null && ReceiptOwnership.IsOfOrganization(entry.Receipt, request.OrganizationId)
            ? new GetReceiptResponse { Receipt = entry.Proof }
            : throw RichErrors.NotFound("receipt", $"{request.Sequence}", "no entry at this sequence concerns the organisation");
    }
}
