namespace KpGrpc.LedgerServer.Execution.Periods;

/// <summary>Opens a settlement period. By an operator.</summary>
/// <param name="PeriodId">Its id, unique on the ledger.</param>
/// <param name="StartsAtMicros">Its start, inclusive, by the order's time, microseconds since the Unix epoch.</param>
/// <param name="EndsAtMicros">Its end, exclusive.</param>
internal sealed record OpenSettlementPeriod(string PeriodId, long StartsAtMicros, long EndsAtMicros) : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.OpenSettlementPeriod;
}
