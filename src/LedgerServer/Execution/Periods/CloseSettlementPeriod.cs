namespace KpGrpc.LedgerServer.Execution.Periods;

/// <summary>
/// Closes a period after its end: pays minimum guarantees and fixes a statement for each organisation and currency. By an
/// operator.
/// </summary>
/// <param name="PeriodId">The period; open, over, all its pools settled.</param>
internal sealed record CloseSettlementPeriod(string PeriodId) : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.CloseSettlementPeriod;
}
