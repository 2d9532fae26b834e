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
            ulong? asked = request.HasAsOfSequence ? request.AsOfSequence : null;
            LedgerAccess.RequireCommitted(asked, state);
            var sequence = asked ?? LedgerAccess.AsOf(state);
            var organization = state.Membership.FindOrganization(request.OrganizationId, sequence)
                ?? throw RichErrors.NotFound("organization", request.OrganizationId, $"{request.OrganizationId} is not a member at sequence {sequence}");
            return new MembershipProto.GetOrganizationResponse
            {
                Organization = MembershipWire.ToProto(organization),
                AsOfSequence = sequence,
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

    // Keys never vanish, and a new one is the last of the order (but for one of sequence 0, beside the genesis' own): positions are stable.
    public override Task<MembershipProto.ListKeysResponse> ListKeys(MembershipProto.ListKeysRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        faults.RequireId("organization_id", request.OrganizationId);
        var page = Paging.Read(faults, request.PageSize, request.PageToken, nameof(ListKeys), request.OrganizationId);
        faults.ThrowIfAny();
        return access.ReadAsync(request.LedgerId, state =>
        {
            if (state.Membership.FindOrganization(request.OrganizationId) is null)
            {
                throw RichErrors.NotFound("organization", request.OrganizationId, $"{request.OrganizationId} is not a member");
            }

            var (rows, next) = page.Take(state.Membership.KeysOf(request.OrganizationId), _ => true);
            var response = new MembershipProto.ListKeysResponse { NextPageToken = next };
            response.Keys.AddRange(rows.Select(MembershipWire.ToProto));
            return response;
        }, context);
    }

    // A change that died of age stays in the table until the next proposal, and is not shown.
    public override Task<MembershipProto.ListPendingChangesResponse> ListPendingChanges(
        MembershipProto.ListPendingChangesRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        var page = Paging.Read(faults, request.PageSize, request.PageToken, nameof(ListPendingChanges));
        faults.ThrowIfAny();
        return access.ReadAsync(request.LedgerId, state =>
        {
            var now = state.LastOrderedAtMicros ?? 0;
            var (rows, next) = page.TakeBySequence(state.Changes.Pending.Where(change => !change.IsExpired(now)), change => change.Sequence);
            var response = new MembershipProto.ListPendingChangesResponse { NextPageToken = next };
            response.Changes.AddRange(rows.Select(GovernanceWire.ToProto));
            return response;
        }, context);
    }
}
