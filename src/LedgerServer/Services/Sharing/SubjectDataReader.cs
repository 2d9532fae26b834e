using Google.Protobuf;

using Grpc.Core;

using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Consents;
using KpGrpc.LedgerServer.Execution.Subjects;
using KpGrpc.ServiceDefaults.Errors;
using KpGrpc.ServiceDefaults.Validation;

using SharingProto = KpGrpc.Protos.Sharing.V1;

namespace KpGrpc.LedgerServer.Services.Sharing;

/// <summary>
/// Gives out personal data under a recorded access alone: its consent must be of the subject, still hold, and the access
/// must name the data's id among its scopes.
/// </summary>
internal sealed class SubjectDataReader(LedgerAccess access)
{
    public async Task<SharingProto.ReadSubjectDataResponse> ReadAsync(SharingProto.ReadSubjectDataRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        faults.Require(request.SubjectPseudonym.Length > 0, "subject_pseudonym", "is required");
        faults.RequireId("data_id", request.DataId);
        faults.RequireId("access_id", request.AccessId);
        faults.ThrowIfAny();
        var sequence = await access.ReadAsync(request.LedgerId, state => Check(state, request), context);
        var ledger = access.Find(request.LedgerId);
        var opened = ledger.Store.ReadSubjectData(request.SubjectPseudonym, request.DataId) is { } sealedData
            ? ledger.Subjects.Open(request.SubjectPseudonym, request.DataId, sealedData)
            : null;
        return opened is not { } data
            ? throw Erased(request)
            : new SharingProto.ReadSubjectDataResponse
            {
                Content = UnsafeByteOperations.UnsafeWrap(data.Content),
                Salt = UnsafeByteOperations.UnsafeWrap(data.Salt),
                Sequence = sequence,
            };
    }

    private static ulong Check(LedgerState state, SharingProto.ReadSubjectDataRequest request)
    {
        SubjectDatum datum = state.Subjects.DataOf(request.SubjectPseudonym).FirstOrDefault(datum => datum.DataId == request.DataId)
            ?? throw RichErrors.NotFound("subject_data", request.DataId, "the subject has no such data");
        if (state.Subjects.Find(request.SubjectPseudonym)!.ErasedAtSequence is not null)
        {
            throw Erased(request);
        }

        var recorded = state.Accesses.Find(request.AccessId)
            ?? throw RichErrors.NotFound("access", request.AccessId, "no such access is recorded; submit RecordAccess first");
        var consent = state.Consents.Find(recorded.ConsentId)!;
        return consent.SubjectPseudonym == request.SubjectPseudonym
            && recorded.Scopes.Contains(request.DataId)
            && consent.StatusAt(state.LastOrderedAtMicros ?? 0) == ConsentStatus.Active
                ? datum.Sequence
                : throw RichErrors.FailedPrecondition(
                    "CONSENT_DOES_NOT_COVER", $"accesses/{request.AccessId}", "the access does not name this data of this subject, or its consent does not hold any more");
    }

    private static RpcException Erased(SharingProto.ReadSubjectDataRequest request) =>
        RichErrors.FailedPrecondition("SUBJECT_ERASED", $"subject_data/{request.DataId}", "the subject was erased; its data and their key are destroyed");
}
