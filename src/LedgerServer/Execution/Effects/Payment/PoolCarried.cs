namespace KpGrpc.LedgerServer.Execution.Effects.Payment;

/// <summary>Money of a pool's period that nobody used was carried to a later one.</summary>
/// <param name="PoolId">The pool.</param>
/// <param name="FromPeriodId">The period that had it; it takes nothing more.</param>
/// <param name="ToPeriodId">The period that has it now.</param>
/// <param name="Amount">All of it, above 0.</param>
/// <param name="Payers">Number of subscribers who paid it.</param>
internal sealed record PoolCarried(string PoolId, string FromPeriodId, string ToPeriodId, Money Amount, uint Payers) : Effect;
