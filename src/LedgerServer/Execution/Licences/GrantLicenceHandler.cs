using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Copyright;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Execution.Licences;

/// <summary>
/// Order of checks: shape, id new, work known, submitter an owner, work not in dispute (a gift would go round the frozen revenue), holder known
/// with room, end showable.
/// </summary>
internal sealed class GrantLicenceHandler() : CommandHandler<GrantLicence>(CommandKind.GrantLicence, RoleGroups.Trading)
{
    /// <inheritdoc/>
    protected override Rejection? Execute(GrantLicence body, CommandContext context)
    {
        var work = context.State.Works.Find(body.WorkId);
        var now = context.OrderedAtMicros;
        var rejection = CheckShape(body)
            ?? CheckNew(body.LicenceId, context.State)
            ?? WorkTable.CheckKnown("work_id", work)
            ?? CheckOwner(work!, context.Submitter)
            ?? WorkTable.CheckUndisputed("work_id", work!)
            ?? LicenceHolderRules.CheckMayHold("holder", body.Holder, body.WorkId, context)
            ?? CheckPeriod(body.Terms, now);
        if (rejection is not null)
        {
            return rejection;
        }

        var licence = new Licence
        {
            LicenceId = body.LicenceId,
            WorkId = body.WorkId,
            Holder = body.Holder,
            Terms = body.Terms,
            ValidFromMicros = now,
            ValidUntilMicros = body.Terms.PeriodDays == 0 ? null : now + (body.Terms.PeriodDays * OrderTime.MicrosPerDay),
            PurchaseId = "",
            GrantedByOrganizationId = context.Submitter,
            GrantedAtSequence = context.Sequence,
            HeldSinceSequence = context.Sequence,
        };
        context.State.Licences.Add(licence);
        context.Record(new LicenceGranted(licence));
        return null;
    }

    private static Rejection? CheckShape(GrantLicence body) =>
        Shape.Id("licence_id", body.LicenceId)
        ?? Shape.Id("work_id", body.WorkId)
        ?? LicenceHolderRules.CheckShape("holder", body.Holder)
        ?? LicenceTermsShape.Check("terms", body.Terms);

    private static Rejection? CheckNew(string licenceId, LedgerState state) =>
        state.Licences.Find(licenceId) is null
            ? null
            : Rejection.Because(
                RejectionReason.AlreadyExists,
                $"licence_id: a licence or purchase with this id exists; choose another id.");

    private static Rejection? CheckOwner(Work work, string submitter) =>
        OwnerShares.Of(work.Details.Owners, submitter) > 0
            ? null
            : Rejection.Because(
                RejectionReason.NotAuthorized, $"work_id: only an owner of the work grants a licence; let one submit it.");

    private static Rejection? CheckPeriod(LicenceTerms terms, long now) =>
        now + (terms.PeriodDays * OrderTime.MicrosPerDay) <= OrderTime.MaxMicros
            ? null
            : Rejection.Because(
                RejectionReason.TimeInvalid, $"terms.period_days: the licence would end after the year 9999; shorten it.");
}
