using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Agreements;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Agreements;

/// <summary>
/// Order of checks: <see cref="AgreementShape"/>, <see cref="ProposalRules"/>. A version still open for acceptance ends as
/// refused: who proposes the next one, a party of it, refuses it by that.
/// </summary>
internal sealed class ProposeAgreementHandler()
    : CommandHandler<ProposeAgreement>(CommandKind.ProposeAgreement, RoleGroups.Trading)
{
    /// <inheritdoc/>
    protected override Rejection? Execute(ProposeAgreement body, CommandContext context)
    {
        if ((AgreementShape.Check(body.Terms) ?? ProposalRules.Check(body.Terms, context)) is { } rejection)
        {
            return rejection;
        }

        var agreements = context.State.Agreements;
        if (agreements.FindNewest(body.Terms.AgreementId) is { Status: AgreementStatus.Proposed } open)
        {
            AgreementActivation.End(open, AgreementStatus.Refused, context);
        }

        var version = new AgreementVersion
        {
            Terms = body.Terms,
            TermsHash = body.TermsHash,
            Status = AgreementStatus.Proposed,
            ProposedByOrganizationId = context.Submitter,
            Acceptances = [],
            ProposedAtSequence = context.Sequence,
        };
        agreements.Add(version);
        context.Record(new AgreementProposed(body.Terms.AgreementId, body.Terms.Version, body.TermsHash));
        AgreementActivation.Accept(version, context);
        return null;
    }
}
