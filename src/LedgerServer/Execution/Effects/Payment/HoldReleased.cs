namespace KpGrpc.LedgerServer.Execution.Effects.Payment;

/// <summary>A hold was released or ran out.</summary>
/// <param name="HoldId">The hold.</param>
/// <param name="Amount">Released.</param>
/// <param name="Expired">Whether it ran out by the order's time.</param>
internal sealed record HoldReleased(string HoldId, Money Amount, bool Expired) : Effect;
