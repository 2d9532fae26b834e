using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Consents;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Sharing;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Subjects;

/// <summary>
/// Order of checks: shape, subject known (recorded, or owner of a wallet that the submitter opened), not erased and
/// served by the submitter. Then its consents that hold end, in the order of their grants, and it is marked.
/// </summary>
internal sealed class EraseSubjectHandler() : CommandHandler<EraseSubject>(CommandKind.EraseSubject, RoleSet.Of(Role.Platform))
{
    /// <inheritdoc/>
    protected override Rejection? Execute(EraseSubject body, CommandContext context)
    {
        var rejection = Shape.Pseudonym("subject_pseudonym", body.SubjectPseudonym)
            ?? Shape.OptionalId("reason_code", body.ReasonCode)
            ?? CheckKnown(body, context)
            ?? SubjectRules.CheckServed("subject_pseudonym", body.SubjectPseudonym, context);
        if (rejection is not null)
        {
            return rejection;
        }

        var state = context.State;
        foreach (var consent in state.Consents.OfSubject(body.SubjectPseudonym).Where(consent => consent.StatusAt(context.OrderedAtMicros) == ConsentStatus.Active))
        {
            state.Consents.Update(consent with { EndedAtSequence = context.Sequence, EndedByErasure = true });
            context.Record(new ConsentRevoked(consent.ConsentId));
        }

        state.Subjects.Serve(body.SubjectPseudonym, context.Submitter, context.Sequence);
        state.Subjects.Erase(body.SubjectPseudonym, context.Sequence);
        context.Record(new Erased(body.SubjectPseudonym));
        return null;
    }

    private static Rejection? CheckKnown(EraseSubject body, CommandContext context)
    {
        var state = context.State;
        return state.Subjects.Find(body.SubjectPseudonym) is not null || state.Accounts.OwnedBy(AccountOwner.Learner(body.SubjectPseudonym))
            .Any(account => string.Equals(account.Account.OpenedByOrganizationId, context.Submitter, StringComparison.Ordinal))
                ? null
                : Rejection.Because(RejectionReason.UnknownSubject, $"subject_pseudonym: nothing is recorded about this subject by the submitter.");
    }
}
