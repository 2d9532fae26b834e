using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Sharing;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution.Subjects;

/// <summary>
/// Order of checks: shape, subject not erased and served by the submitter or by nobody yet, id new for the subject, number
/// of its data. That the attachment opens the commitment is checked at the door, before the order.
/// </summary>
internal sealed class CommitSubjectDataHandler()
    : CommandHandler<CommitSubjectData>(CommandKind.CommitSubjectData, RoleSet.Of(Role.Platform))
{
    /// <inheritdoc/>
    protected override Rejection? Execute(CommitSubjectData body, CommandContext context)
    {
        var rejection = CheckShape(body)
            ?? SubjectRules.CheckServed("subject_pseudonym", body.SubjectPseudonym, context)
            ?? CheckData(body, context.State.Subjects.DataOf(body.SubjectPseudonym));
        if (rejection is not null)
        {
            return rejection;
        }

        var commitment = new Hash256(body.Commitment.Span);
        context.State.Subjects.Serve(body.SubjectPseudonym, context.Submitter, context.Sequence);
        context.State.Subjects.Add(new SubjectDatum(body.SubjectPseudonym, body.DataId, commitment, context.Sequence));
        context.Record(new SubjectDataCommitted(body.SubjectPseudonym, body.DataId, commitment));
        return null;
    }

    private static Rejection? CheckShape(CommitSubjectData body) =>
        Shape.Pseudonym("subject_pseudonym", body.SubjectPseudonym)
        ?? Shape.Id("data_id", body.DataId)
        ?? (body.Commitment.Length == Hash256.Size ? null : Shape.Malformed($"commitment: 32 bytes are required, not {body.Commitment.Length}."));

    private static Rejection? CheckData(CommitSubjectData body, IReadOnlyList<SubjectDatum> data)
    {
        if (data.Any(datum => string.Equals(datum.DataId, body.DataId, StringComparison.Ordinal)))
        {
            return Rejection.Because(RejectionReason.AlreadyExists, $"data_id: the subject has data with this id; choose another id.");
        }

        return data.Count < EngineLimits.DataPerSubjectMax
            ? null
            : Rejection.Because(RejectionReason.LimitReached, $"subject_pseudonym: a subject has at most {EngineLimits.DataPerSubjectMax} data.");
    }
}
