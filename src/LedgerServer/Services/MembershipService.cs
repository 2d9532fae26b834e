using Grpc.Core;

using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Wire;
using KpGrpc.ServiceDefaults.Errors;
using KpGrpc.ServiceDefaults.Validation;

using MembershipProto = KpGrpc.Protos.Membership.V1;

namespace KpGrpc.LedgerServer.Services;

/// <summary>Members and keys.</summary>
internal sealed class MembershipService(LedgerAccess access) : MembershipProto.MembershipService.MembershipServiceBase
{
    public override Task<MembershipProto.GetOrganizationResponse> GetOrganization(MembershipProto.GetOrganizationRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        faults.RequireId("organization_id", request.OrganizationId);
        faults.ThrowIfAny();
        return access.ReadAsync(request.LedgerId, state =>
        {
            LedgerAccess.RequireNewest(request.HasAsOfSequence ? request.AsOfSequence : null, state, context.Method);
            var organization = state.Membership.FindOrganization(request.OrganizationId)
                ?? throw RichErrors.NotFound("organization", request.OrganizationId, $"{request.OrganizationId} is not a member");
            return new MembershipProto.GetOrganizationResponse
            {
                Organization = MembershipWire.ToProto(organization),
                AsOfSequence = LedgerAccess.AsOf(state),
            };
        }, context);
    }

    // Members are few, and ordered by id: a page starts at a position of that order, which a new member may shift.
    public override Task<MembershipProto.ListOrganizationsResponse> ListOrganizations(MembershipProto.ListOrganizationsRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        var page = Paging.Read(faults, request.PageSize, request.PageToken, nameof(ListOrganizations), request.Role);
        faults.ThrowIfAny();
        return access.ReadAsync(request.LedgerId, state =>
        {
            var (rows, next) = page.Take([.. state.Membership.Organizations.Values], organization =>
                request.Role == MembershipProto.Role.Unspecified || organization.Roles.Contains((Role)request.Role));
            var response = new MembershipProto.ListOrganizationsResponse { NextPageToken = next };
            response.Organizations.AddRange(rows.Select(MembershipWire.ToProto));
            return response;
        }, context);
    }
}
