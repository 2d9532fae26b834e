using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Agreements.Decisions;

/// <summary>
/// Order of checks: shape, version known, submitter a party, version open for acceptance. A party that has accepted may
/// still refuse, until the last one accepts.
/// </summary>
internal sealed class RefuseAgreementHandler()
    : CommandHandler<RefuseAgreement>(CommandKind.RefuseAgreement, RoleGroups.Trading)
{
    /// <inheritdoc/>
    protected override Rejection? Execute(RefuseAgreement body, CommandContext context)
    {
        var version = context.State.Agreements.Find(body.AgreementId, body.Version);
        var rejection = Shape.Id("agreement_id", body.AgreementId)
            ?? Shape.Text("reason", body.Reason, 0, EngineLimits.ReasonBytesMax)
            ?? VersionChecks.KnownToParty(version, context.Submitter)
            ?? VersionChecks.Open(version!);
        if (rejection is not null)
        {
            return rejection;
        }

        AgreementActivation.End(version!, AgreementStatus.Refused, context);
        return null;
    }
}
