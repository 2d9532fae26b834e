using System.Diagnostics;

using KpGrpc.LedgerServer.Execution.Effects;
using KpGrpc.LedgerServer.Execution.Effects.Membership;
using KpGrpc.LedgerServer.Execution.Governance;
using KpGrpc.LedgerServer.Execution.Governance.Engines;
using KpGrpc.LedgerServer.Execution.Membership.Keys;
using KpGrpc.ServiceDefaults.Validation;

using LedgerProto = KpGrpc.Protos.Ledger.V1;
using MembershipProto = KpGrpc.Protos.Membership.V1;

namespace KpGrpc.LedgerServer.Wire;

/// <summary>Changes that need approvals between the contract and the engine.</summary>
internal static class GovernanceWire
{
    public static RevokeKey Decode(MembershipProto.RevokeKey body) => new(body.OrganizationId, body.KeyId, body.Reason);

    public static SuspendOrganization Decode(MembershipProto.SuspendOrganization body) => new(body.OrganizationId, body.Reason);

    public static ReinstateOrganization Decode(MembershipProto.ReinstateOrganization body) => new(body.OrganizationId);

    public static ChangeRoles Decode(FieldViolations faults, MembershipProto.ChangeRoles body) =>
        new(body.OrganizationId, MembershipWire.Roles(faults, "change_roles.roles", body.Roles));

    public static ChangePolicy Decode(MembershipProto.ChangePolicy body) =>
        new(new ApprovalPolicy(body.ApprovalsNeeded, [.. body.ApproverOrganizationIds]));

    public static ActivateEngine Decode(MembershipProto.ActivateEngine body) => new(body.EngineVersion, body.FromSequence);

    public static ApproveChange Decode(FieldViolations faults, MembershipProto.ApproveChange body)
    {
        var hash = WireValues.Hash(body.ChangeHash);
        faults.Require(hash is not null, "approve_change.change_hash", "must be exactly 32 bytes");
        return new ApproveChange(hash, body.Reject);
    }

    public static LedgerProto.Effect Encode(Effect effect) => effect switch
    {
        ChangeProposed proposed => new()
        {
            ChangeProposed = new() { ChangeHash = WireValues.ToProto(proposed.ChangeHash), ApprovalsNeeded = proposed.ApprovalsNeeded },
        },
        ChangeVoted voted => new()
        {
            ChangeVoted = new()
            {
                ChangeHash = WireValues.ToProto(voted.ChangeHash),
                OrganizationId = voted.OrganizationId,
                Reject = voted.Reject,
                Applied = voted.Applied,
            },
        },
        OrganizationSuspended suspended => new() { OrganizationSuspended = new() { OrganizationId = suspended.OrganizationId } },
        OrganizationReinstated reinstated => new() { OrganizationReinstated = new() { OrganizationId = reinstated.OrganizationId } },
        RolesChanged changed => new() { RolesChanged = Encode(changed) },
        KeyRevoked revoked => new() { KeyRevoked = new() { OrganizationId = revoked.OrganizationId, KeyId = revoked.KeyId } },
        PolicyChanged changed => new() { PolicyChanged = Encode(changed.Policy) },
        EngineActivated activated => new()
        {
            EngineActivated = new() { EngineVersion = activated.Activation.Version, FromSequence = activated.Activation.FromSequence },
        },
        _ => throw new UnreachableException($"the contract has no effect {effect.GetType().Name}"),
    };

    public static MembershipProto.PendingChange ToProto(PendingChange change)
    {
        var proto = new MembershipProto.PendingChange
        {
            ChangeHash = WireValues.ToProto(change.ChangeHash),
            Sequence = change.Sequence,
            Kind = change.Body.Kind.ToString(),
            ProposedByOrganizationId = change.ProposedByOrganizationId,
            ApprovalsNeeded = change.ApprovalsNeeded,
        };
        proto.ApprovedByOrganizationIds.AddRange(change.ApprovedBy);
        proto.RejectedByOrganizationIds.AddRange(change.RejectedBy);
        return proto;
    }

    private static LedgerProto.RolesChanged Encode(RolesChanged changed)
    {
        var proto = new LedgerProto.RolesChanged { OrganizationId = changed.OrganizationId };
        proto.Roles.AddRange(changed.Roles.ToList().Select(role => (MembershipProto.Role)role));
        return proto;
    }

    private static LedgerProto.PolicyChanged Encode(ApprovalPolicy policy)
    {
        var proto = new LedgerProto.PolicyChanged { ApprovalsNeeded = policy.ApprovalsNeeded };
        proto.ApproverOrganizationIds.AddRange(policy.ApproverOrganizationIds);
        return proto;
    }
}
