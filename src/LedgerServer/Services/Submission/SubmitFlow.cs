using Grpc.Core;

using KpGrpc.LedgerServer.Admission;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Subjects;
using KpGrpc.LedgerServer.Node;
using KpGrpc.LedgerServer.Ordering;
using KpGrpc.LedgerServer.Wire;
using KpGrpc.ServiceDefaults.Errors;
using KpGrpc.ServiceDefaults.Validation;

using LedgerProto = KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.LedgerServer.Services.Submission;

/// <summary>Submits one command or many: admit → order → answer.</summary>
internal sealed class SubmitFlow(LedgerAccess access)
{
    public async Task<LedgerProto.SubmitResponse> SubmitAsync(LedgerProto.SubmitRequest request, ServerCallContext context)
    {
        var ledger = access.FindFor(request.LedgerId, request.Command?.Payload);
        var faults = new FieldViolations();
        faults.Require(request.Command is not null, "command", "is required");
        faults.ThrowIfAny();
        var result = Admit(ledger, request.Command!, request.LedgerId, faults);
        if (result is not Admitted admitted)
        {
            access.Count(ledger, (Refused)result);
            throw AdmissionErrors.Of((Refused)result, faults);
        }

        var command = WithAttachment(ledger, admitted.Command, request.Attachment);
        var group = await access.SubmitAsync(ledger, [command], context);
        return group.Outcomes[0] switch
        {
            Committed committed => new LedgerProto.SubmitResponse
            {
                Receipt = ReceiptProofs.Of(ledger, committed.Leaf, committed.Sequence, group.Checkpoint, request.IncludeProof),
                Replayed = committed.Replayed,
            },
            KeyTaken taken => throw AdmissionErrors.KeyTaken(admitted.Command, taken.FirstSequence),
            var other => throw new InvalidOperationException($"no answer for {other.GetType().Name}"),
        };
    }

    public async Task<LedgerProto.SubmitBatchResponse> SubmitBatchAsync(LedgerProto.SubmitBatchRequest request, ServerCallContext context)
    {
        var ledger = access.FindFor(request.LedgerId, request.Batch?.Payloads.FirstOrDefault() ?? request.Commands.FirstOrDefault()?.Payload);
        (AdmissionResult Result, FieldViolations Faults)[] members = [.. AdmitAll(ledger, request).Select(member => WithoutAttachment(member.Result, member.Faults))];
        var admitted = members.Select(member => member.Result).OfType<Admitted>().Select(member => member.Command).ToArray();
        foreach (var refused in members.Select(member => member.Result).OfType<Refused>())
        {
            access.Count(ledger, refused);
        }

        var failures = members.Select(member => member.Result is Refused refused ? Failed(AdmissionErrors.Of(refused, member.Faults)) : null).ToArray();
        RequireAnswerFits(ledger, admitted, failures, request.IncludeProof);
        var group = admitted.Length > 0
            ? await access.SubmitAsync(ledger, admitted, context)
            : new CommittedGroup([], ledger.Head.Newest);
        var response = new LedgerProto.SubmitBatchResponse { Checkpoint = group.Checkpoint.Signed.ToString() };
        var next = 0;
        foreach (var failure in failures)
        {
            response.Outcomes.Add(failure ?? Outcome(ledger, admitted[next], group.Outcomes[next++], group, request.IncludeProof));
        }

        return response;
    }

    private static AdmittedCommand WithAttachment(LedgerNode ledger, AdmittedCommand command, LedgerProto.Attachment? attachment)
    {
        var faults = new FieldViolations();
        AttachmentCheck.Check(command.Command.Body, attachment is null ? null : (attachment.Salt.ToByteArray(), attachment.Content.ToByteArray()), faults);
        faults.ThrowIfAny();
        return command.Command.Body is CommitSubjectData commit && Shape.Pseudonym("subject_pseudonym", commit.SubjectPseudonym) is null
            ? command with { SealedData = ledger.Subjects.Seal(commit.SubjectPseudonym, commit.DataId, attachment!.Salt.Span, attachment.Content.Span) }
            : command;
    }

    // Attachments travel with Submit alone, so a command that needs one cannot come in a batch.
    private static (AdmissionResult Result, FieldViolations Faults) WithoutAttachment(AdmissionResult result, FieldViolations faults)
    {
        if (result is Admitted admitted)
        {
            AttachmentCheck.Check(admitted.Command.Command.Body, null, faults);
        }

        return (faults.Any && result is Admitted ? new Refused(AdmissionReason.Malformed, "attachment", string.Empty) : result, faults);
    }

    private static void RequireAnswerFits(
        LedgerNode ledger, AdmittedCommand[] admitted, IEnumerable<LedgerProto.SubmitOutcome?> failures, bool withPath)
    {
        var treeSize = ledger.Head.Size + (ulong)admitted.Length + 1;
        var bytes = admitted.Sum(command => BatchAnswerSize.Of(command, treeSize, withPath)) + failures.Sum(failure => failure?.CalculateSize() + 8 ?? 0L);
        if (bytes > BatchAnswerSize.BytesMax)
        {
            throw RichErrors.TooLarge(
                "TOO_LARGE", $"the answer may need {bytes} bytes and has at most {BatchAnswerSize.BytesMax}; nothing was ordered: send fewer commands in a call, or ask for no proofs");
        }
    }

    private static IReadOnlyList<(AdmissionResult Result, FieldViolations Faults)> AdmitAll(LedgerNode ledger, LedgerProto.SubmitBatchRequest request)
    {
        var faults = new FieldViolations();
        faults.Require(request.Batch is null || request.Commands.Count == 0, "batch", "excludes commands");
        faults.Require(request.Commands.Count <= BatchAdmission.CommandsMax, "commands", $"must be at most {BatchAdmission.CommandsMax}");
        faults.Require(request.Batch is null || request.Batch.Payloads.Count is >= 1 and <= BatchAdmission.CommandsMax, "batch.payloads", $"must be 1 to {BatchAdmission.CommandsMax}");
        faults.ThrowIfAny();
        if (request.Batch is not { } batch)
        {
            return [.. request.Commands.Select(command =>
            {
                var own = new FieldViolations();
                return (Admit(ledger, command, request.LedgerId, own), own);
            })];
        }

        var (refused, members) = ledger.BatchAdmission.Admit(
            [.. batch.Payloads.Select(payload => payload.ToByteArray())], batch.KeyId, batch.Signature.ToByteArray(), request.LedgerId, faults);
        return refused is null ? members : throw AdmissionErrors.Of(refused, faults);
    }

    private static AdmissionResult Admit(LedgerNode ledger, LedgerProto.SignedCommand command, string ledgerId, FieldViolations faults) =>
        ledger.Admission.Admit(command.Payload.ToByteArray(), command.KeyId, command.Signature.ToByteArray(), ledgerId, faults);

    private static LedgerProto.SubmitOutcome Outcome(
        LedgerNode ledger, AdmittedCommand command, CommitOutcome outcome, CommittedGroup group, bool withPath)
    {
        if (outcome is not Committed committed)
        {
            return Failed(AdmissionErrors.KeyTaken(command, ((KeyTaken)outcome).FirstSequence));
        }

        var proto = new LedgerProto.SubmitOutcome
        {
            Leaf = Google.Protobuf.UnsafeByteOperations.UnsafeWrap(committed.Leaf),
            LeafIndex = committed.Sequence,
            Replayed = committed.Replayed,
        };
        if (withPath)
        {
            proto.Hashes.AddRange(ledger.Proofs.Inclusion(committed.Sequence, group.Checkpoint.Size).Select(WireValues.ToProto));
        }

        return proto;
    }

    private static LedgerProto.SubmitOutcome Failed(RpcException exception) => new() { Error = exception.GetRpcStatus() };
}
