using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Sharing;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Subjects;

namespace KpGrpc.LedgerServer.Execution.Consents;

/// <summary>
/// Order of checks: shape, expiry later than the order's time, id new, grantee active, subject not erased and served by
/// the submitter or by nobody yet, number of the subject's consents.
/// </summary>
internal sealed class GrantConsentHandler() : CommandHandler<GrantConsent>(CommandKind.GrantConsent, RoleSet.Of(Role.Platform))
{
    /// <inheritdoc/>
    protected override Rejection? Execute(GrantConsent body, CommandContext context)
    {
        var rejection = CheckShape(body)
            ?? CheckExpiry(body, context)
            ?? CheckNew(body, context)
            ?? CheckGrantee(body, context)
            ?? SubjectRules.CheckServed("subject_pseudonym", body.SubjectPseudonym, context)
            ?? CheckCount(body, context);
        if (rejection is not null)
        {
            return rejection;
        }

        context.State.Subjects.Serve(body.SubjectPseudonym, context.Submitter, context.Sequence);
        context.State.Consents.Add(new Consent
        {
            ConsentId = body.ConsentId,
            SubjectPseudonym = body.SubjectPseudonym,
            GranteeOrganizationId = body.GranteeOrganizationId,
            GrantedByOrganizationId = context.Submitter,
            Purposes = [.. body.Purposes.Order()],
            Scopes = [.. body.Scopes.Order(StringComparer.Ordinal)],
            ExpiresAtMicros = body.ExpiresAtMicros,
            GrantedAtSequence = context.Sequence,
        });
        context.Record(new ConsentGranted(body.ConsentId, body.SubjectPseudonym, body.GranteeOrganizationId));
        return null;
    }

    private static Rejection? CheckShape(GrantConsent body) =>
        Shape.Id("consent_id", body.ConsentId)
        ?? Shape.Pseudonym("subject_pseudonym", body.SubjectPseudonym)
        ?? Shape.Id("grantee_organization_id", body.GranteeOrganizationId)
        ?? Shape.Range("purposes", body.Purposes.Count, 1, EngineLimits.PurposesMax)
        ?? Shape.Each(body.Purposes, (purpose, i) => Shape.Defined($"purposes[{i}]", purpose))
        ?? (body.Purposes.Distinct().Count() == body.Purposes.Count ? null : Shape.Malformed($"purposes: one stands twice; send each once."))
        ?? ScopeShape.Check(body.Scopes)
        ?? Shape.Time("expires_at", body.ExpiresAtMicros)
        ?? Shape.DigestOrNone("evidence_commitment", body.EvidenceCommitment);

    private static Rejection? CheckExpiry(GrantConsent body, CommandContext context) =>
        body.ExpiresAtMicros <= context.OrderedAtMicros
            ? Rejection.Because(RejectionReason.TimeInvalid, $"expires_at: must be later than the order's time; send a later one or none.")
            : null;

    private static Rejection? CheckNew(GrantConsent body, CommandContext context) =>
        context.State.Consents.Find(body.ConsentId) is null
            ? null
            : Rejection.Because(RejectionReason.AlreadyExists, $"consent_id: a consent with this id exists; choose another id.");

    private static Rejection? CheckGrantee(GrantConsent body, CommandContext context)
    {
        var grantee = context.State.Membership.FindOrganization(body.GranteeOrganizationId);
        if (grantee is null)
        {
            return Rejection.Because(RejectionReason.UnknownOrganization, $"grantee_organization_id: not a member of this ledger.");
        }

        return grantee.Status == OrganizationStatus.Suspended
            ? Rejection.Because(RejectionReason.OrganizationSuspended, $"grantee_organization_id: the organisation is suspended.")
            : null;
    }

    private static Rejection? CheckCount(GrantConsent body, CommandContext context) =>
        context.State.Consents.OfSubject(body.SubjectPseudonym)
            .Count(consent => consent.StatusAt(context.OrderedAtMicros) == ConsentStatus.Active) < EngineLimits.ConsentsPerSubjectMax
            ? null
            : Rejection.Because(
                RejectionReason.LimitReached,
                $"subject_pseudonym: {EngineLimits.ConsentsPerSubjectMax} consents of the learner hold, the most; revoke those that are not needed.");
}
