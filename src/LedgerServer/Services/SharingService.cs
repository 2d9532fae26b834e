using Grpc.Core;

using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Consents;
using KpGrpc.LedgerServer.Services.Postings;
using KpGrpc.LedgerServer.Services.Sharing;
using KpGrpc.LedgerServer.Wire;
using KpGrpc.ServiceDefaults.Validation;

using SharingProto = KpGrpc.Protos.Sharing.V1;

namespace KpGrpc.LedgerServer.Services;

/// <summary>Consents, accesses and erasable data, from the state that executes writes.</summary>
internal sealed class SharingService(LedgerAccess access, ConsentProofReader proofs, SubjectDataReader data) : SharingProto.SharingService.SharingServiceBase
{
    public override Task<SharingProto.ProveConsentResponse> ProveConsent(SharingProto.ProveConsentRequest request, ServerCallContext context) =>
        proofs.ProveAsync(request, context);

    public override Task<SharingProto.ListConsentsResponse> ListConsents(SharingProto.ListConsentsRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        faults.Require(request.SubjectPseudonym.Length > 0 || request.GranteeOrganizationId.Length > 0, "subject_pseudonym", "or grantee_organization_id is required");
        var page = Paging.Read(
            faults, request.PageSize, request.PageToken, nameof(ListConsents), request.SubjectPseudonym, request.GranteeOrganizationId, request.IncludeEnded);
        faults.ThrowIfAny();
        return access.ReadAsync(request.LedgerId, state =>
        {
            var now = state.LastOrderedAtMicros ?? 0;
            var bySubject = request.SubjectPseudonym.Length > 0;
            var (rows, next) = page.Take(
                bySubject ? state.Consents.OfSubject(request.SubjectPseudonym) : state.Consents.ToGrantee(request.GranteeOrganizationId),
                consent => (request.GranteeOrganizationId.Length == 0 || consent.GranteeOrganizationId == request.GranteeOrganizationId)
                    && (request.IncludeEnded || consent.StatusAt(now) == ConsentStatus.Active));
            var response = new SharingProto.ListConsentsResponse { NextPageToken = next };
            response.Consents.AddRange(rows.Select(consent => SharingWire.ToProto(consent, now)));
            return response;
        }, context);
    }

    public override async Task<SharingProto.ListAccessesResponse> ListAccesses(SharingProto.ListAccessesRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        faults.Require(
            request.SubjectPseudonym.Length > 0 || request.OrganizationId.Length > 0 || request.ConsentId.Length > 0,
            "subject_pseudonym", "or organization_id or consent_id is required");
        var page = Paging.Read(
            faults, request.PageSize, request.PageToken, nameof(ListAccesses), request.SubjectPseudonym, request.OrganizationId, request.ConsentId);
        faults.ThrowIfAny();
        var response = await access.ReadAsync(request.LedgerId, state => Read(state, request, page), context);
        var ledger = access.Find(request.LedgerId);
        foreach (var row in response.Accesses)
        {
            row.LeafHash = WireValues.ToProto(StatementReader.LeafHash(ledger, row.Sequence));
        }

        return response;
    }

    public override Task<SharingProto.ReadSubjectDataResponse> ReadSubjectData(SharingProto.ReadSubjectDataRequest request, ServerCallContext context) =>
        data.ReadAsync(request, context);

    // The narrowest index that the question names; each is in the order of sequences and only ever grows at its end.
    private static SharingProto.ListAccessesResponse Read(LedgerState state, SharingProto.ListAccessesRequest request, Paging page)
    {
        var candidates = request.ConsentId.Length > 0 ? state.Accesses.UnderConsent(request.ConsentId)
            : request.OrganizationId.Length > 0 ? state.Accesses.ByOrganization(request.OrganizationId)
            : state.Accesses.All;
        var (rows, next) = page.Take(candidates, row =>
            (request.OrganizationId.Length == 0 || row.OrganizationId == request.OrganizationId)
            && (request.SubjectPseudonym.Length == 0 || state.Consents.Find(row.ConsentId)!.SubjectPseudonym == request.SubjectPseudonym));
        var response = new SharingProto.ListAccessesResponse { NextPageToken = next };
        response.Accesses.AddRange(rows.Select(SharingWire.ToProto));
        return response;
    }
}
