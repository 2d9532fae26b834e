using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Agreements.Decisions;

/// <summary>
/// Order of checks: shape, version known, submitter a party, version active, effect not before the command. The version
/// is TERMINATED from here on and splits until the effect is reached. The policy of this engine asks for approvals of
/// changes to the ledger itself, not of what members end between them, so a party's word is enough.
/// </summary>
internal sealed class TerminateAgreementHandler()
    : CommandHandler<TerminateAgreement>(CommandKind.TerminateAgreement, RoleGroups.Trading)
{
    /// <inheritdoc/>
    protected override Rejection? Execute(TerminateAgreement body, CommandContext context)
    {
        var version = context.State.Agreements.Find(body.AgreementId, body.Version);
        var rejection = Shape.Id("agreement_id", body.AgreementId)
            ?? Shape.Time("effective_at", body.EffectiveAtMicros)
            ?? Shape.Text("reason", body.Reason, 0, EngineLimits.ReasonBytesMax)
            ?? VersionChecks.KnownToParty(version, context.Submitter)
            ?? CheckActive(version!)
            ?? CheckTime(body, context);
        if (rejection is not null)
        {
            return rejection;
        }

        AgreementActivation.End(
            version! with { TerminatedFromMicros = body.EffectiveAtMicros ?? context.OrderedAtMicros },
            AgreementStatus.Terminated,
            context);
        return null;
    }

    private static Rejection? CheckActive(AgreementVersion version) =>
        version.Status == AgreementStatus.Active
            ? null
            : Rejection.Because(
                RejectionReason.AgreementNotActive, $"version: it is {version.Status}; only an active version is terminated.");

    private static Rejection? CheckTime(TerminateAgreement body, CommandContext context) =>
        body.EffectiveAtMicros is null || body.EffectiveAtMicros >= context.OrderedAtMicros
            ? null
            : Rejection.Because(
                RejectionReason.TimeInvalid, $"effective_at: before the order's time; leave it out to end at once.");
}
