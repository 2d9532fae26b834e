using KpGrpc.LedgerServer.Execution.Disputes;
using KpGrpc.LedgerServer.Execution.Effects.Copyright;
using KpGrpc.LedgerServer.Execution.Works;

using CopyrightProto = KpGrpc.Protos.Copyright.V1;
using LedgerProto = KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.LedgerServer.Wire;

/// <summary>Disputes between the contract and the engine.</summary>
internal static class DisputeWire
{
    public static OpenDispute Decode(CopyrightProto.OpenDispute body) => new()
    {
        DisputeId = body.DisputeId,
        WorkId = body.WorkId,
        Claim = body.Claim,
        EvidenceHashes = [.. body.EvidenceHashes.Select(hash => (ReadOnlyMemory<byte>)hash.ToByteArray())],
    };

    public static ResolveDispute Decode(CopyrightProto.ResolveDispute body) => new(
        body.DisputeId, body.Upheld, [.. body.Owners.Select(owner => new OwnerShare(owner.OrganizationId, owner.Ppm))]);

    public static LedgerProto.DisputeVoted ToProto(DisputeVoted voted)
    {
        var proto = new LedgerProto.DisputeVoted { DisputeId = voted.DisputeId, OrganizationId = voted.OrganizationId, Upheld = voted.Upheld };
        proto.Owners.AddRange(voted.Owners.Select(CopyrightWire.ToProto));
        return proto;
    }

    public static LedgerProto.DisputeResolved ToProto(DisputeResolved resolved)
    {
        var proto = new LedgerProto.DisputeResolved { DisputeId = resolved.DisputeId, Upheld = resolved.Upheld };
        proto.Owners.AddRange(resolved.Owners.Select(CopyrightWire.ToProto));
        return proto;
    }

    public static CopyrightProto.Dispute ToProto(Dispute dispute)
    {
        var proto = new CopyrightProto.Dispute
        {
            DisputeId = dispute.DisputeId,
            WorkId = dispute.WorkId,
            ClaimantOrganizationId = dispute.ClaimantOrganizationId,
            Claim = dispute.Claim,
            Status = (CopyrightProto.DisputeStatus)dispute.Status,
            EscrowAccountPrefix = EscrowAccounts.PrefixOf(dispute.DisputeId),
            OpenedAtSequence = dispute.OpenedAtSequence,
        };
        if (dispute.ResolvedAtSequence is { } resolved)
        {
            proto.ResolvedAtSequence = resolved;
        }

        return proto;
    }
}
