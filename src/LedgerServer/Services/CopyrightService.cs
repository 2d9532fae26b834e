using Grpc.Core;

using KpGrpc.LedgerServer.Services.Rights;
using KpGrpc.LedgerServer.Wire;
using KpGrpc.ServiceDefaults.Errors;
using KpGrpc.ServiceDefaults.Validation;

using CopyrightProto = KpGrpc.Protos.Copyright.V1;

namespace KpGrpc.LedgerServer.Services;

/// <summary>Works, offers and licences, from the state that executes writes.</summary>
internal sealed class CopyrightService(LedgerAccess access, EntitlementReader entitlements) : CopyrightProto.CopyrightService.CopyrightServiceBase
{
    private const int OpenOffersMax = 100;

    public override Task<CopyrightProto.GetWorkResponse> GetWork(CopyrightProto.GetWorkRequest request, ServerCallContext context) =>
        access.ReadAsync(request.LedgerId, state =>
        {
            LedgerAccess.RequireNewest(request.HasAsOfSequence ? request.AsOfSequence : null, state, context.Method);
            var work = state.Works.Find(request.WorkId) ?? throw NoWork(request.WorkId);
            var response = new CopyrightProto.GetWorkResponse { Work = CopyrightWire.ToProto(work), AsOfSequence = LedgerAccess.AsOf(state) };
            response.OpenOffers.AddRange(state.Offers.OfWork(request.WorkId)
                .Where(offer => offer.IsOpenAt(state.LastOrderedAtMicros ?? 0)).Take(OpenOffersMax).Select(CopyrightWire.ToProto));
            return response;
        }, context);

    public override Task<CopyrightProto.ListWorksResponse> ListWorks(CopyrightProto.ListWorksRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        var page = Paging.Read(faults, request.PageSize, request.PageToken, nameof(ListWorks), request.OwnerOrganizationId, request.Kind, request.Field);
        faults.ThrowIfAny();
        return access.ReadAsync(request.LedgerId, state =>
        {
            var (rows, next) = page.Take(state.Works.All, work =>
                (request.OwnerOrganizationId.Length == 0 || work.Details.Owners.Any(owner => owner.OrganizationId == request.OwnerOrganizationId))
                && (request.Kind == 0 || (int)work.Details.Kind == (int)request.Kind)
                && (request.Field == 0 || (int)work.Details.Field == (int)request.Field));
            var response = new CopyrightProto.ListWorksResponse { NextPageToken = next };
            response.Works.AddRange(rows.Select(CopyrightWire.ToProto));
            return response;
        }, context);
    }

    public override Task<CopyrightProto.ListOffersResponse> ListOffers(CopyrightProto.ListOffersRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        var page = Paging.Read(faults, request.PageSize, request.PageToken, nameof(ListOffers), request.WorkId, request.IncludeWithdrawn);
        faults.ThrowIfAny();
        return access.ReadAsync(request.LedgerId, state =>
        {
            var now = state.LastOrderedAtMicros ?? 0;
            var (rows, next) = page.Take(request.WorkId.Length == 0 ? state.Offers.All : state.Offers.OfWork(request.WorkId), offer =>
                request.IncludeWithdrawn || (offer.WithdrawnAtSequence is null && (offer.Details.ValidUntilMicros is null || now < offer.Details.ValidUntilMicros)));
            var response = new CopyrightProto.ListOffersResponse { NextPageToken = next };
            response.Offers.AddRange(rows.Select(CopyrightWire.ToProto));
            return response;
        }, context);
    }

    public override Task<CopyrightProto.CheckEntitlementResponse> CheckEntitlement(CopyrightProto.CheckEntitlementRequest request, ServerCallContext context) =>
        entitlements.CheckAsync(request, context);

    public override Task<CopyrightProto.ListLicencesResponse> ListLicences(CopyrightProto.ListLicencesRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        var holder = request.Holder is null ? null : CopyrightWire.Holder(faults, "holder", request.Holder);
        faults.Require(request.Holder is not null || request.WorkId.Length > 0, "work_id", "or holder is required");
        var page = Paging.Read(faults, request.PageSize, request.PageToken, nameof(ListLicences), request.WorkId, holder, request.IncludeInactive);
        faults.ThrowIfAny();
        return access.ReadAsync(request.LedgerId, state =>
        {
            var now = state.LastOrderedAtMicros ?? 0;
            var (rows, next) = page.Take(holder is null ? state.Licences.PositionsOfWork(request.WorkId) : state.Licences.PositionsHeldBy(holder), position => state.Licences.All[position], licence =>
                (request.WorkId.Length == 0 || licence.WorkId == request.WorkId)
                && (request.IncludeInactive || licence.StatusAt(now) == Execution.Licences.LicenceStatus.Active));
            var response = new CopyrightProto.ListLicencesResponse { NextPageToken = next };
            response.Licences.AddRange(rows.Select(licence => CopyrightWire.ToProto(licence, now)));
            return response;
        }, context);
    }

    public override Task<CopyrightProto.GetWorkHistoryResponse> GetWorkHistory(CopyrightProto.GetWorkHistoryRequest request, ServerCallContext context) =>
        WorkHistoryReader.ReadAsync(access, request, context);

    public override Task<CopyrightProto.GetDisputeResponse> GetDispute(CopyrightProto.GetDisputeRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        faults.RequireId("dispute_id", request.DisputeId);
        faults.ThrowIfAny();
        return access.ReadAsync(request.LedgerId, state => new CopyrightProto.GetDisputeResponse
        {
            Dispute = DisputeWire.ToProto(state.Disputes.Find(request.DisputeId)
                ?? throw RichErrors.NotFound("dispute", request.DisputeId, $"there is no dispute {request.DisputeId}")),
        }, context);
    }

    /// <summary>The answer where a work is not registered.</summary>
    internal static RpcException NoWork(string workId) => RichErrors.NotFound("work", workId, $"work {workId} is not registered on this ledger");
}
