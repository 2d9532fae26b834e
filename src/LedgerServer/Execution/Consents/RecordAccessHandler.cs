using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Sharing;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Consents;

/// <summary>Order of checks: shape, id new, consent known, submitter its grantee, consent active, purpose and scopes covered.</summary>
internal sealed class RecordAccessHandler() : CommandHandler<RecordAccess>(CommandKind.RecordAccess, RoleGroups.All)
{
    /// <inheritdoc/>
    protected override Rejection? Execute(RecordAccess body, CommandContext context)
    {
        var rejection = CheckShape(body)
            ?? CheckNew(body, context)
            ?? CheckConsent(body, context.State.Consents.Find(body.ConsentId), context);
        if (rejection is not null)
        {
            return rejection;
        }

        context.State.Accesses.Add(new AccessRecord(
            body.AccessId, body.ConsentId, context.Submitter, body.Purpose, [.. body.Scopes], context.Sequence, context.OrderedAtMicros));
        context.Record(new AccessRecorded(body.AccessId, body.ConsentId));
        return null;
    }

    private static Rejection? CheckShape(RecordAccess body) =>
        Shape.Id("access_id", body.AccessId)
        ?? Shape.Id("consent_id", body.ConsentId)
        ?? Shape.Defined("purpose", body.Purpose)
        ?? ScopeShape.Check(body.Scopes);

    private static Rejection? CheckNew(RecordAccess body, CommandContext context) =>
        context.State.Accesses.Find(body.AccessId) is null
            ? null
            : Rejection.Because(RejectionReason.AlreadyExists, $"access_id: an access with this id exists; choose another id.");

    private static Rejection? CheckConsent(RecordAccess body, Consent? consent, CommandContext context)
    {
        if (consent is null)
        {
            return Rejection.Because(RejectionReason.UnknownConsent, $"consent_id: no such consent on this ledger; ask the learner for one.");
        }

        if (!string.Equals(consent.GranteeOrganizationId, context.Submitter, StringComparison.Ordinal))
        {
            return Rejection.Because(RejectionReason.ConsentDoesNotCover, $"consent_id: it was given to another organisation.");
        }

        if (consent.StatusAt(context.OrderedAtMicros) != ConsentStatus.Active)
        {
            return Rejection.Because(RejectionReason.ConsentNotActive, $"consent_id: it is revoked or has expired; do not use the data.");
        }

        if (!consent.Purposes.Contains(body.Purpose))
        {
            return Rejection.Because(RejectionReason.ConsentDoesNotCover, $"purpose: the consent does not cover {body.Purpose}.");
        }

        return body.Scopes.All(scope => consent.Scopes.Contains(scope))
            ? null
            : Rejection.Because(RejectionReason.ConsentDoesNotCover, $"scopes: the consent does not cover all of them.");
    }
}
