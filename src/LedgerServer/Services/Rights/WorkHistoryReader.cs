using Grpc.Core;

using KpGrpc.LedgerServer.Services.Postings;
using KpGrpc.LedgerServer.Wire;
using KpGrpc.ServiceDefaults.Validation;

using CopyrightProto = KpGrpc.Protos.Copyright.V1;

namespace KpGrpc.LedgerServer.Services.Rights;

/// <summary>The history of a work; each event points to the receipt that proves it.</summary>
internal static class WorkHistoryReader
{
    /// <param name="access">Way to the ledger.</param>
    /// <param name="request">Which work and page.</param>
    /// <param name="context">The call.</param>
    public static async Task<CopyrightProto.GetWorkHistoryResponse> ReadAsync(
        LedgerAccess access, CopyrightProto.GetWorkHistoryRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        faults.RequireId("work_id", request.WorkId);
        var page = Paging.Read(faults, request.PageSize, request.PageToken, "GetWorkHistory", request.WorkId);
        faults.ThrowIfAny();
        var (rows, next) = await access.ReadAsync(
            request.LedgerId,
            state => state.Works.Find(request.WorkId) is null ? throw CopyrightService.NoWork(request.WorkId) : page.Take(state.WorkHistory.Of(request.WorkId), _ => true),
            context);
        var ledger = access.Find(request.LedgerId);
        var response = new CopyrightProto.GetWorkHistoryResponse { NextPageToken = next };
        foreach (var row in rows)
        {
            var receipt = StoredReceipt.Read(ledger.Store, row.Sequence);
            response.Events.Add(new CopyrightProto.WorkEvent
            {
                Sequence = row.Sequence,
                EffectIndex = row.EffectIndex,
                OrderedAt = receipt.OrderedAt,
                Kind = row.Kind,
                OrganizationId = receipt.OrganizationId,
                LeafHash = WireValues.ToProto(StatementReader.LeafHash(ledger, row.Sequence)),
            });
        }

        return response;
    }
}
