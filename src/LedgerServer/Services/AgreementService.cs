using Grpc.Core;

using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Wire;
using KpGrpc.ServiceDefaults.Errors;
using KpGrpc.ServiceDefaults.Validation;

using AgreementProto = KpGrpc.Protos.Agreement.V1;

namespace KpGrpc.LedgerServer.Services;

/// <summary>Agreements in all versions.</summary>
internal sealed class AgreementService(LedgerAccess access) : AgreementProto.AgreementService.AgreementServiceBase
{
    public override Task<AgreementProto.GetAgreementResponse> GetAgreement(AgreementProto.GetAgreementRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        faults.RequireId("agreement_id", request.AgreementId);
        faults.ThrowIfAny();
        return access.ReadAsync(request.LedgerId, state =>
        {
            var agreement = request.Version == 0
                ? state.Agreements.FindNewest(request.AgreementId)
                : state.Agreements.Find(request.AgreementId, request.Version);
            return agreement is null
                ? throw RichErrors.NotFound("agreement", request.AgreementId, $"there is no agreement {request.AgreementId} of version {request.Version}")
                : new AgreementProto.GetAgreementResponse { Agreement = AgreementWire.ToProto(agreement), AsOfSequence = LedgerAccess.AsOf(state) };
        }, context);
    }

    public override Task<AgreementProto.ListAgreementsResponse> ListAgreements(AgreementProto.ListAgreementsRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        var page = Paging.Read(faults, request.PageSize, request.PageToken, nameof(ListAgreements), request.PartyOrganizationId, request.Status);
        faults.ThrowIfAny();
        return access.ReadAsync(request.LedgerId, state =>
        {
            var (rows, next) = page.Take(state.Agreements.All, agreement =>
                (request.PartyOrganizationId.Length == 0
                    || agreement.Terms.Splits.Any(split => split.Parties.Any(party => party.OrganizationId == request.PartyOrganizationId)))
                && (request.Status == 0 || (int)agreement.Status == (int)request.Status));
            var response = new AgreementProto.ListAgreementsResponse { NextPageToken = next };
            response.Agreements.AddRange(rows.Select(AgreementWire.ToProto));
            return response;
        }, context);
    }

    public override Task<AgreementProto.GetActiveAgreementResponse> GetActiveAgreement(AgreementProto.GetActiveAgreementRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        faults.RequireId("work_id", request.WorkId);
        var at = WireValues.Micros(faults, "at", request.At);
        faults.ThrowIfAny();
        var kind = request.RevenueKind == AgreementProto.RevenueKind.Unspecified ? RevenueKind.Sale : (RevenueKind)request.RevenueKind;
        return access.ReadAsync(request.LedgerId, state =>
        {
            LedgerAccess.RequireNewest(request.HasAsOfSequence ? request.AsOfSequence : null, state, context.Method);
            var work = state.Works.Find(request.WorkId) ?? throw CopyrightService.NoWork(request.WorkId);
            var agreement = state.Agreements.FindActive(work, kind, at ?? state.LastOrderedAtMicros ?? 0)
                ?? throw RichErrors.NotFound("agreement", request.WorkId, $"no active agreement splits {kind} revenue of work {request.WorkId}");
            return new AgreementProto.GetActiveAgreementResponse
            {
                Agreement = AgreementWire.ToProto(agreement),
                Split = AgreementWire.ToProto(agreement.Terms.Splits.First(split => split.RevenueKind == kind)),
                AsOfSequence = LedgerAccess.AsOf(state),
            };
        }, context);
    }
}
