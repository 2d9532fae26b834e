namespace KpGrpc.LedgerServer.Execution.Effects.Payment;

/// <summary>A settlement period was opened.</summary>
/// <param name="PeriodId">The period.</param>
internal sealed record PeriodOpened(string PeriodId) : Effect;
