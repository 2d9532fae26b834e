using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Agreements.Decisions;

/// <summary>
/// Order of checks: shape, version known, submitter a party, version open for acceptance, not accepted by the submitter,
/// hash of the terms, window not over.
/// </summary>
internal sealed class AcceptAgreementHandler()
    : CommandHandler<AcceptAgreement>(CommandKind.AcceptAgreement, RoleGroups.Trading)
{
    /// <inheritdoc/>
    protected override Rejection? Execute(AcceptAgreement body, CommandContext context)
    {
        var version = context.State.Agreements.Find(body.AgreementId, body.Version);
        var rejection = CheckShape(body)
            ?? VersionChecks.KnownToParty(version, context.Submitter)
            ?? VersionChecks.Open(version!)
            ?? CheckAcceptance(version!, body, context.Submitter)
            ?? ProposalRules.CheckTimes(version!.Terms, context.OrderedAtMicros);
        if (rejection is not null)
        {
            return rejection;
        }

        AgreementActivation.Accept(version!, context);
        return null;
    }

    private static Rejection? CheckShape(AcceptAgreement body) =>
        Shape.Id("agreement_id", body.AgreementId)
        ?? (body.TermsHash is null ? Shape.Malformed($"terms_hash: must have 32 bytes.") : null);

    private static Rejection? CheckAcceptance(AgreementVersion version, AcceptAgreement body, string submitter)
    {
        if (version.Acceptances.Any(a => string.Equals(a.OrganizationId, submitter, StringComparison.Ordinal)))
        {
            return Rejection.Because(
                RejectionReason.AgreementAlreadyAccepted, $"version: {submitter} has accepted it; nothing is to do.");
        }

        return version.TermsHash == body.TermsHash
            ? null
            : Rejection.Because(
                RejectionReason.AgreementTermsMismatch,
                $"terms_hash: not the hash of the proposed terms; read the proposal again and sign its hash.");
    }
}
