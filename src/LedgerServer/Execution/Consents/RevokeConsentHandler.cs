using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Sharing;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Consents;

/// <summary>Order of checks: shape, consent known, submitter recorded it, not ended or expired.</summary>
internal sealed class RevokeConsentHandler() : CommandHandler<RevokeConsent>(CommandKind.RevokeConsent, RoleSet.Of(Role.Platform))
{
    /// <inheritdoc/>
    protected override Rejection? Execute(RevokeConsent body, CommandContext context)
    {
        var consents = context.State.Consents;
        var consent = consents.Find(body.ConsentId);
        var rejection = Shape.Id("consent_id", body.ConsentId) ?? Check(consent, context);
        if (rejection is not null)
        {
            return rejection;
        }

        consents.Update(consent! with { EndedAtSequence = context.Sequence });
        context.Record(new ConsentRevoked(body.ConsentId));
        return null;
    }

    private static Rejection? Check(Consent? consent, CommandContext context)
    {
        if (consent is null)
        {
            return Rejection.Because(RejectionReason.UnknownConsent, $"consent_id: no such consent on this ledger.");
        }

        if (!string.Equals(consent.GrantedByOrganizationId, context.Submitter, StringComparison.Ordinal))
        {
            return Rejection.Because(RejectionReason.NotAuthorized, $"consent_id: only the platform that recorded it may end it.");
        }

        return consent.StatusAt(context.OrderedAtMicros) == ConsentStatus.Active
            ? null
            : Rejection.Because(RejectionReason.ConsentNotActive, $"consent_id: it does not hold any more; nothing is to do.");
    }
}
