namespace KpGrpc.LedgerServer.Execution.Periods;

/// <summary>Checks of periods that a command names.</summary>
internal static class PeriodChecks
{
    /// <summary>Whether the period exists and is not closed.</summary>
    /// <param name="period">The period; null where there is none.</param>
    /// <param name="field">Field that names it.</param>
    public static Rejection? Open(SettlementPeriod? period, string field = "period_id")
    {
        if (period is null)
        {
            return Rejection.Because(
                RejectionReason.UnknownPeriod, $"{field}: no such settlement period on this ledger; open it first.");
        }

        return period.IsOpen
            ? null
            : Rejection.Because(
                RejectionReason.PeriodClosed, $"{field}: the period is closed and its statements are final; use an open one.");
    }

    /// <summary>Whether the order's time has reached the period's end.</summary>
    public static Rejection? Over(SettlementPeriod period, long now) =>
        now >= period.EndsAtMicros
            ? null
            : Rejection.Because(
                RejectionReason.PeriodNotOver,
                $"period_id: the order's time has not reached the period's end; send it again after ends_at.");
}
