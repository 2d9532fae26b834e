using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Periods;

/// <summary>
/// Order of checks: shape, end after start, id new, no overlap, not before the last period, limits. Periods open in the
/// order of their times, so that what counts before a period is never changed by one that opens later.
/// </summary>
internal sealed class OpenSettlementPeriodHandler()
    : CommandHandler<OpenSettlementPeriod>(CommandKind.OpenSettlementPeriod, RoleSet.Of(Role.Operator))
{
    /// <inheritdoc/>
    protected override Rejection? Execute(OpenSettlementPeriod body, CommandContext context)
    {
        var periods = context.State.Periods;
        var rejection = Shape.Id("period_id", body.PeriodId)
            ?? Shape.Time("starts_at", body.StartsAtMicros)
            ?? Shape.Time("ends_at", body.EndsAtMicros)
            ?? CheckTimes(body)
            ?? CheckNew(body, periods)
            ?? CheckOverlap(body, periods)
            ?? CheckLimits(periods);
        if (rejection is not null)
        {
            return rejection;
        }

        var period = new SettlementPeriod
        {
            PeriodId = body.PeriodId,
            StartsAtMicros = body.StartsAtMicros,
            EndsAtMicros = body.EndsAtMicros,
            OpenedAtSequence = context.Sequence,
        };
        periods.Open(period, context.OrderedAtMicros, context.State);
        context.Record(new PeriodOpened(body.PeriodId));
        return null;
    }

    private static Rejection? CheckTimes(OpenSettlementPeriod body) =>
        body.StartsAtMicros < body.EndsAtMicros
            ? null
            : Rejection.Because(
                RejectionReason.TimeInvalid, $"ends_at: must be after starts_at; send a later end.");

    private static Rejection? CheckNew(OpenSettlementPeriod body, PeriodTable periods) =>
        periods.Find(body.PeriodId) is null
            ? null
            : Rejection.Because(
                RejectionReason.AlreadyExists, $"period_id: a period with this id exists; choose another id.");

    private static Rejection? CheckOverlap(OpenSettlementPeriod body, PeriodTable periods)
    {
        if (periods.All.Count == 0 || body.StartsAtMicros >= periods.All[^1].EndsAtMicros)
        {
            return null;
        }

        return periods.All.Any(p => body.StartsAtMicros < p.EndsAtMicros && p.StartsAtMicros < body.EndsAtMicros)
            ? Rejection.Because(
                RejectionReason.PeriodOverlaps, $"starts_at, ends_at: overlaps another period; start where the last one ends.")
            : Rejection.Because(
                RejectionReason.TimeInvalid,
                $"starts_at: before the end of the last period; periods open in the order of their times.");
    }

    private static Rejection? CheckLimits(PeriodTable periods)
    {
        if (periods.All.Count >= EngineLimits.PeriodsMax)
        {
            return Rejection.Because(
                RejectionReason.LimitReached, $"period_id: a ledger has at most {EngineLimits.PeriodsMax} periods.");
        }

        return periods.All.Count - periods.FirstOpen < EngineLimits.OpenPeriodsMax
            ? null
            : Rejection.Because(
                RejectionReason.LimitReached,
                $"period_id: at most {EngineLimits.OpenPeriodsMax} periods are open at a time; close the first one.");
    }
}
