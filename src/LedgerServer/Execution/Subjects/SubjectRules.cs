using KpGrpc.LedgerServer.Execution.Dispatch;

namespace KpGrpc.LedgerServer.Execution.Subjects;

/// <summary>
/// Who may write about a subject. Pseudonyms are made under a platform's own secret, so the first platform that records
/// something about one is the one that acts for that learner, and no other may.
/// </summary>
internal static class SubjectRules
{
    /// <summary>Not erased, and served by the submitter or by nobody yet.</summary>
    public static Rejection? CheckServed(string field, string pseudonym, CommandContext context)
    {
        var subject = context.State.Subjects.Find(pseudonym);
        if (subject is null)
        {
            return null;
        }

        if (subject.ErasedAtSequence is not null)
        {
            return Rejection.Because(RejectionReason.SubjectErased, $"{field}: the subject was erased; begin again under a new pseudonym.");
        }

        return string.Equals(subject.ServedByOrganizationId, context.Submitter, StringComparison.Ordinal)
            ? null
            : Rejection.Because(RejectionReason.NotAuthorized, $"{field}: another platform acts for this subject.");
    }
}
