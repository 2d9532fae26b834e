namespace KpGrpc.LedgerServer.Execution.Periods.Statements;

/// <summary>Sums of one organisation and currency.</summary>
/// <param name="Key">Whose, in which currency.</param>
/// <param name="Sums">The sums.</param>
internal readonly record struct StatementEntry(StatementKey Key, StatementSums Sums);
