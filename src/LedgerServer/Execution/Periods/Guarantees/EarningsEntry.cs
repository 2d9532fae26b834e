namespace KpGrpc.LedgerServer.Execution.Periods.Guarantees;

/// <summary>What a line of a split earned in a period.</summary>
/// <param name="Key">Which line, when.</param>
/// <param name="MinorUnits">Earned less given back; below 0 where more was given back.</param>
internal readonly record struct EarningsEntry(EarningsKey Key, Int128 MinorUnits);
