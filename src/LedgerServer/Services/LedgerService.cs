using Grpc.Core;

using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Node;
using KpGrpc.LedgerServer.Services.Submission;
using KpGrpc.LedgerServer.Wire;
using KpGrpc.ServiceDefaults.Errors;
using KpGrpc.ServiceDefaults.Validation;

using LedgerProto = KpGrpc.Protos.Ledger.V1;
using Lookup = KpGrpc.Protos.Ledger.V1.GetReceiptRequest.LookupOneofCase;

namespace KpGrpc.LedgerServer.Services;

/// <summary>The one door for writing.</summary>
internal sealed class LedgerService(LedgerAccess access, SubmitFlow submit, EntryStream entries) : LedgerProto.LedgerService.LedgerServiceBase
{
    public override Task<LedgerProto.SubmitResponse> Submit(LedgerProto.SubmitRequest request, ServerCallContext context) =>
        submit.SubmitAsync(request, context);

    public override Task<LedgerProto.SubmitBatchResponse> SubmitBatch(LedgerProto.SubmitBatchRequest request, ServerCallContext context) =>
        submit.SubmitBatchAsync(request, context);

    public override Task<LedgerProto.GetReceiptResponse> GetReceipt(LedgerProto.GetReceiptRequest request, ServerCallContext context)
    {
        var ledger = access.Find(request.LedgerId);
        var newest = ledger.Head.Newest;
        var (sequence, name) = FindSequence(ledger, request);
        if (sequence is not { } found || found >= newest.Size)
        {
            throw RichErrors.NotFound("receipt", name, $"no command {name} was ordered; an unexpired one may still be");
        }

        if (request.TreeSize != 0 && (request.TreeSize <= found || request.TreeSize > newest.Size))
        {
            throw RichErrors.OutOfRange("tree_size", $"must be {found + 1} to {newest.Size}, or 0");
        }

        var checkpoint = request.TreeSize == 0 ? newest : ledger.Store.ReadCheckpoint(request.TreeSize)
            ?? throw RichErrors.NotFound("checkpoint", $"{request.TreeSize}", $"no checkpoint of size {request.TreeSize} was signed");
        return Task.FromResult(new LedgerProto.GetReceiptResponse { Receipt = ReceiptProofs.Find(ledger, found, checkpoint) });
    }

    public override Task WatchEntries(
        LedgerProto.WatchEntriesRequest request, IServerStreamWriter<LedgerProto.WatchEntriesResponse> responseStream, ServerCallContext context) =>
        entries.WriteAsync(access.FindHosted(request.LedgerId), request, responseStream, context.CancellationToken);

    public override async Task<LedgerProto.GetStatusResponse> GetStatus(LedgerProto.GetStatusRequest request, ServerCallContext context)
    {
        var ledger = access.Find(request.LedgerId);
        var last = await access.ReadAsync(request.LedgerId, state => state.LastOrderedAtMicros, context);
        var newest = ledger.Head.Newest;
        return new LedgerProto.GetStatusResponse
        {
            NetworkId = ledger.Genesis.NetworkId,
            LedgerId = ledger.Genesis.LedgerId,
            NextSequence = newest.Size,
            LastOrderedAt = WireValues.ToTimestamp(last),
            Checkpoint = newest.Signed.ToString(),
            LogVerifierKey = ledger.LogVerifierKey,
            EngineVersion = LedgerEngine.Version,
            Orderer = ledger.Orderer.Name,
            Frozen = false,
            QueuedCommands = (ulong)ledger.Orderer.QueuedCommands,
        };
    }

    private static (ulong? Sequence, string Name) FindSequence(LedgerNode ledger, LedgerProto.GetReceiptRequest request)
    {
        var faults = new FieldViolations();
        switch (request.LookupCase)
        {
            case Lookup.Idempotency:
                faults.RequireId("idempotency.organization_id", request.Idempotency.OrganizationId);
                faults.RequireIdempotencyKey("idempotency.idempotency_key", request.Idempotency.IdempotencyKey);
                faults.ThrowIfAny();
                var key = request.Idempotency.IdempotencyKey.Span;
                return (ledger.Store.FindByIdempotencyKey(request.Idempotency.OrganizationId, key), Convert.ToHexStringLower(key));
            case Lookup.Sequence:
                return (request.Sequence, $"at sequence {request.Sequence}");
            case Lookup.CommandHash:
                var hash = WireValues.Hash(request.CommandHash);
                faults.Require(hash is not null, "command_hash", "must be exactly 32 bytes");
                faults.ThrowIfAny();
                return (ledger.Store.FindByCommandHash(hash!.Value), hash.Value.ToHex());
            default:
                faults.Add("lookup", "is required: an idempotency key, a sequence or a command hash");
                faults.ThrowIfAny();
                return default;
        }
    }
}
