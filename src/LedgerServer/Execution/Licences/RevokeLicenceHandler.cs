using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Licences;

/// <summary>
/// Order of checks: shape, licence known, active, submitter may end it. A licence that was paid for ends by a refund or by a
/// regulator: its seller cannot take it back and keep the money.
/// </summary>
internal sealed class RevokeLicenceHandler()
    : CommandHandler<RevokeLicence>(CommandKind.RevokeLicence, RoleGroups.TradingOrRegulator)
{
    /// <inheritdoc/>
    protected override Rejection? Execute(RevokeLicence body, CommandContext context)
    {
        var licence = context.State.Licences.Find(body.LicenceId);
        var rejection = Shape.Id("licence_id", body.LicenceId)
            ?? Shape.Text("reason", body.Reason, 1, 512)
            ?? LicenceRules.CheckActive("licence_id", licence, context.OrderedAtMicros)
            ?? CheckMayEnd(licence!, context);
        if (rejection is not null)
        {
            return rejection;
        }

        LicenceRevocation.Revoke(licence!, context);
        return null;
    }

    private static Rejection? CheckMayEnd(Licence licence, CommandContext context)
    {
        var isGrantor = licence.PurchaseId.Length == 0
            && string.Equals(licence.GrantedByOrganizationId, context.Submitter, StringComparison.Ordinal);
        return isGrantor || context.ActingRoles.Contains(Role.Regulator)
            ? null
            : Rejection.Because(
                RejectionReason.NotAuthorized,
                $"licence_id: only who granted it without a sale, or a regulator, may end it; refund a purchase instead.");
    }
}
