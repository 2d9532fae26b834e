using Grpc.Core;

using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Consents;
using KpGrpc.LedgerServer.Node;
using KpGrpc.LedgerServer.Wire;
using KpGrpc.ServiceDefaults.Errors;
using KpGrpc.ServiceDefaults.Validation;

using SharingProto = KpGrpc.Protos.Sharing.V1;

namespace KpGrpc.LedgerServer.Services.Sharing;

/// <summary>Whether a consent held at a sequence, with the proofs of the receipts that granted and ended it.</summary>
internal sealed class ConsentProofReader(LedgerAccess access)
{
    public async Task<SharingProto.ProveConsentResponse> ProveAsync(SharingProto.ProveConsentRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        faults.RequireId("consent_id", request.ConsentId);
        faults.ThrowIfAny();
        var (consent, newest, newestAt) = await access.ReadAsync(request.LedgerId, state => Read(state, request), context);
        var ledger = access.Find(request.LedgerId);
        var at = request.HasAtSequence ? request.AtSequence : newest;
        var atMicros = at == newest ? newestAt : OrderedAt(ledger, at);
        var checkpoint = ledger.Head.Newest;
        return new SharingProto.ProveConsentResponse
        {
            Consent = SharingWire.ToProto(consent, newestAt),
            Valid = consent.HeldAt(at, atMicros),
            AtSequence = at,
            GrantProof = ReceiptProofs.Find(ledger, consent.GrantedAtSequence, checkpoint),
            EndProof = consent.EndedAtSequence is { } ended ? ReceiptProofs.Find(ledger, ended, checkpoint) : null,
        };
    }

    private static (Consent Consent, ulong Newest, long NewestAt) Read(LedgerState state, SharingProto.ProveConsentRequest request)
    {
        var consent = state.Consents.Find(request.ConsentId)
            ?? throw RichErrors.NotFound("consent", request.ConsentId, $"there is no consent {request.ConsentId}");
        LedgerAccess.RequireCommitted(request.HasAtSequence ? request.AtSequence : null, state);
        return (consent, LedgerAccess.AsOf(state), state.LastOrderedAtMicros ?? 0);
    }

    private static long OrderedAt(LedgerNode ledger, ulong sequence) =>
        WireValues.Micros(new FieldViolations(), "ordered_at", StoredReceipt.Read(ledger.Store, sequence).OrderedAt)
            ?? throw new InvalidDataException($"the receipt at sequence {sequence} has no time");
}
