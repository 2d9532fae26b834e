using System.Buffers.Binary;
using System.Text;

using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

using KpGrpc.LedgerServer.Log.Cosignatures;
using KpGrpc.LedgerServer.Node;
using KpGrpc.LedgerServer.Wire;
using KpGrpc.MerkleLog.Checkpoints;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.ServiceDefaults.Errors;
using KpGrpc.ServiceDefaults.Validation;

using AuditProto = KpGrpc.Protos.Audit.V1;

namespace KpGrpc.LedgerServer.Services;

/// <summary>Reads a cosigned checkpoint from a request, and says what was wrong with it.</summary>
internal static class CosignatureRules
{
    /// <summary>The checkpoint of a request whose fields are well formed.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT with every fault.</exception>
    public static SignedCheckpoint Read(AuditProto.AddCosignatureRequest request, LedgerNode ledger)
    {
        var faults = new FieldViolations();
        faults.RequireIdempotencyKey("idempotency_key", request.IdempotencyKey);
        if (!SignedCheckpoint.TryParse(Encoding.UTF8.GetBytes(request.Checkpoint), out var signed, out var fault))
        {
            faults.Add("checkpoint", $"must be a C2SP signed checkpoint: {fault}");
        }
        else
        {
            faults.Require(request.FromSize <= signed.Checkpoint.Size, "from_size", "must be at most the checkpoint's size");
            faults.Require(
                request.ConsistencyHashes.Count == 0 || IsPath(request, signed.Checkpoint.Size, ledger),
                "consistency_hashes", "must be the log's consistency proof from from_size to the checkpoint, or be left out");
        }

        faults.ThrowIfAny();
        return signed!;
    }

    /// <summary>Turns a refusal into its status.</summary>
    /// <exception cref="Grpc.Core.RpcException">FAILED_PRECONDITION, PERMISSION_DENIED or UNAUTHENTICATED.</exception>
    public static void ThrowUnlessStored(CosignatureVerdict verdict, Checkpoint checkpoint)
    {
        switch (verdict)
        {
            case CosignatureVerdict.NotThisLogs:
                throw RichErrors.FailedPrecondition("NOT_THIS_LOG", checkpoint.Origin, "the checkpoint is not signed by this log; cosign one that it has signed");
            case CosignatureVerdict.NeverSigned:
                throw RichErrors.FailedPrecondition("NOT_THIS_LOG", $"{checkpoint.Size}", $"this log never signed this root at size {checkpoint.Size}; keep the checkpoint, it is evidence of a split view");
            case CosignatureVerdict.UnknownWitness:
                throw RichErrors.PermissionDenied("UNKNOWN_WITNESS", "no line of the checkpoint is by a witness of Ledger:Witnesses; have the witness's verifier key added there");
            case CosignatureVerdict.BadSignature:
                throw RichErrors.Unauthenticated("COSIGNATURE_INVALID", "a line of a known witness does not verify; cosign the checkpoint's text exactly as it was served");
            default:
                return;
        }
    }

    public static AuditProto.Cosignature ToProto(NoteSignature line)
    {
        var keyId = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(keyId, line.KeyId);
        Cosignature.TryReadTime(line.Signature.Span, out var seconds);
        return new AuditProto.Cosignature
        {
            Witness = line.Name,
            KeyId = ByteString.CopyFrom(keyId),
            CosignedAt = new Timestamp { Seconds = seconds },
            NoteLine = line.ToString(),
        };
    }

    // The proof is a function of both sizes, so the right one is the one that the log itself gives.
    private static bool IsPath(AuditProto.AddCosignatureRequest request, ulong size, LedgerNode ledger)
    {
        if (size > ledger.Head.Size || request.FromSize > size)
        {
            return false;
        }

        var expected = ledger.Proofs.Consistency(request.FromSize, size);
        return request.ConsistencyHashes.Count == expected.Length
            && request.ConsistencyHashes.Select(WireValues.Hash).SequenceEqual(expected.Select(hash => (Hash256?)hash));
    }
}
