namespace KpGrpc.LedgerServer.Execution.Effects.Payment;

/// <summary>A subscriber paid into a pool.</summary>
/// <param name="SubscriptionId">The payment.</param>
/// <param name="PoolId">The pool.</param>
/// <param name="PeriodId">The period.</param>
/// <param name="Amount">How much.</param>
internal sealed record PoolFunded(string SubscriptionId, string PoolId, string PeriodId, Money Amount) : Effect;
