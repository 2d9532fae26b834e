namespace KpGrpc.LedgerServer.Execution.Effects.Payment;

/// <summary>A pool was opened.</summary>
/// <param name="PoolId">The pool.</param>
/// <param name="AccountId">Its account.</param>
internal sealed record PoolOpened(string PoolId, string AccountId) : Effect;
