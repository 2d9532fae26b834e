using Grpc.Core;

using KpGrpc.LedgerServer.Node;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.LedgerServer.Wire;
using KpGrpc.ServiceDefaults.Errors;
using KpGrpc.ServiceDefaults.Validation;

using AuditProto = KpGrpc.Protos.Audit.V1;
using Entry = KpGrpc.Protos.Audit.V1.GetInclusionProofRequest.EntryOneofCase;

namespace KpGrpc.LedgerServer.Services;

/// <summary>Checkpoints, proofs and witnesses' cosignatures.</summary>
internal sealed class AuditService(LedgerAccess access) : AuditProto.AuditService.AuditServiceBase
{
    public override Task<AuditProto.GetCheckpointResponse> GetCheckpoint(AuditProto.GetCheckpointRequest request, ServerCallContext context)
    {
        var ledger = access.Find(request.LedgerId);
        var faults = new FieldViolations();
        faults.Require(!request.Certified || !request.HasTreeSize, "certified", "asks for the newest certified checkpoint: leave tree_size out");
        faults.ThrowIfAny();
        var checkpoint = request.Certified ? Certified(ledger) : Cosigned(ledger, request.HasTreeSize ? request.TreeSize : null);

        return Task.FromResult(new AuditProto.GetCheckpointResponse
        {
            Checkpoint = checkpoint.Signed.ToString(),
            TreeSize = checkpoint.Size,
            RootHash = WireValues.ToProto(checkpoint.Signed.Checkpoint.Root),
            SignedAt = WireValues.ToTimestamp(checkpoint.SignedAtMicros),
        });
    }

    public override Task<AuditProto.AddCosignatureResponse> AddCosignature(AuditProto.AddCosignatureRequest request, ServerCallContext context)
    {
        var ledger = access.Find(request.LedgerId);
        var signed = CosignatureRules.Read(request, ledger);
        CosignatureRules.ThrowUnlessStored(ledger.Cosignatures.Add(signed), signed.Checkpoint);
        var size = signed.Checkpoint.Size;
        return Task.FromResult(new AuditProto.AddCosignatureResponse
        {
            Checkpoint = Cosigned(ledger, size).Signed.ToString(),
            Certified = ledger.Cosignatures.IsCertified(size),
        });
    }

    public override Task<AuditProto.ListCosignaturesResponse> ListCosignatures(AuditProto.ListCosignaturesRequest request, ServerCallContext context)
    {
        var ledger = access.Find(request.LedgerId);
        var faults = new FieldViolations();
        var page = Paging.Read(faults, request.PageSize, request.PageToken, nameof(ListCosignatures), request.LedgerId, request.TreeSize);
        faults.ThrowIfAny();
        var size = Cosigned(ledger, request.TreeSize == 0 ? null : request.TreeSize).Size;
        var (rows, next) = page.Take(ledger.Cosignatures.List(size), _ => true);
        var response = new AuditProto.ListCosignaturesResponse { NextPageToken = next };
        response.Cosignatures.AddRange(rows.Select(CosignatureRules.ToProto));
        return Task.FromResult(response);
    }

    public override Task<AuditProto.GetInclusionProofResponse> GetInclusionProof(AuditProto.GetInclusionProofRequest request, ServerCallContext context)
    {
        var ledger = access.Find(request.LedgerId);
        var newest = ledger.Head.Newest;
        var index = LeafIndex(ledger, request);
        var size = request.TreeSize == 0 ? newest.Size : request.TreeSize;
        if (size > newest.Size || index >= size)
        {
            throw RichErrors.OutOfRange("tree_size", $"must be above the leaf's index {index} and at most {newest.Size}");
        }

        var response = new AuditProto.GetInclusionProofResponse
        {
            LeafIndex = index,
            TreeSize = size,
            Checkpoint = Checkpoint(ledger, newest, size)?.Signed.ToString() ?? string.Empty,
        };
        response.Hashes.AddRange(ledger.Proofs.Inclusion(index, size).Select(WireValues.ToProto));
        return Task.FromResult(response);
    }

    public override Task<AuditProto.GetConsistencyProofResponse> GetConsistencyProof(AuditProto.GetConsistencyProofRequest request, ServerCallContext context)
    {
        var ledger = access.Find(request.LedgerId);
        var newest = ledger.Head.Newest;
        var to = request.ToSize == 0 ? newest.Size : request.ToSize;
        if (to > newest.Size || request.FromSize > to)
        {
            throw RichErrors.OutOfRange("to_size", $"must be at least from_size {request.FromSize} and at most {newest.Size}");
        }

        var response = new AuditProto.GetConsistencyProofResponse
        {
            FromSize = request.FromSize,
            ToSize = to,
            Checkpoint = Checkpoint(ledger, newest, to)?.Signed.ToString() ?? string.Empty,
        };
        response.Hashes.AddRange(ledger.Proofs.Consistency(request.FromSize, to).Select(WireValues.ToProto));
        return Task.FromResult(response);
    }

    private static StoredCheckpoint Certified(LedgerNode ledger) => ledger.Cosignatures.NewestCertified()
        ?? throw RichErrors.NotFound("checkpoint", "certified", "no checkpoint has the cosignatures that Ledger:WitnessesNeeded asks for");

    private static StoredCheckpoint Cosigned(LedgerNode ledger, ulong? size)
    {
        var newest = ledger.Head.Newest;
        var checkpoint = size is { } wanted ? Checkpoint(ledger, newest, wanted) : newest;
        return checkpoint is null
            ? throw RichErrors.NotFound("checkpoint", $"{size}", $"no checkpoint of size {size} was signed")
            : ledger.Cosignatures.WithCosignatures(checkpoint);
    }

    private static StoredCheckpoint? Checkpoint(LedgerNode ledger, StoredCheckpoint newest, ulong size) =>
        size == newest.Size ? newest : size < newest.Size ? ledger.Store.ReadCheckpoint(size) : null;

    private static ulong LeafIndex(LedgerNode ledger, AuditProto.GetInclusionProofRequest request)
    {
        if (request.EntryCase == Entry.LeafIndex)
        {
            return request.LeafIndex;
        }

        var faults = new FieldViolations();
        var hash = request.EntryCase == Entry.LeafHash ? WireValues.Hash(request.LeafHash) : null;
        faults.Require(hash is not null, "entry", "is required: a leaf's index, or its hash of exactly 32 bytes");
        faults.ThrowIfAny();
        return ledger.Store.FindByLeafHash(hash!.Value)
            ?? throw RichErrors.NotFound("leaf", hash.Value.ToHex(), "no leaf has this hash");
    }
}
