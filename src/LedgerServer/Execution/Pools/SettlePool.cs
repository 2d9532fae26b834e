namespace KpGrpc.LedgerServer.Execution.Pools;

/// <summary>
/// Divides a pool's money of a period over works by usage, then each work's part by its agreement; sent again until no
/// work waits. Or carries what nobody used to a later period. By the pool's owner or an operator.
/// </summary>
/// <param name="PoolId">The pool.</param>
/// <param name="PeriodId">The period; over, not closed.</param>
/// <param name="ExpectedAmount">What the submitter expects to be divided or carried in all; null means no check.</param>
/// <param name="CarryToPeriodId">Period that gets the money where nothing was used; empty to divide.</param>
internal sealed record SettlePool(string PoolId, string PeriodId, Money? ExpectedAmount, string CarryToPeriodId = "") : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.SettlePool;
}
