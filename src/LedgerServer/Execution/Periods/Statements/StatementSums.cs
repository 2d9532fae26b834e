namespace KpGrpc.LedgerServer.Execution.Periods.Statements;

/// <summary>Posted sums over an organisation's accounts of one currency, minor units; held amounts are not counted.</summary>
/// <param name="Debits">All posted debits.</param>
/// <param name="Credits">All posted credits.</param>
internal readonly record struct StatementSums(UInt128 Debits, UInt128 Credits)
{
    /// <summary>Credits less debits; may be negative.</summary>
    public Int128 Balance => (Int128)Credits - (Int128)Debits;

    /// <summary>Both sums added up.</summary>
    public StatementSums Plus(StatementSums other) =>
        new(checked(Debits + other.Debits), checked(Credits + other.Credits));

    /// <summary>What came since an earlier state.</summary>
    public StatementSums Since(StatementSums earlier) =>
        new(checked(Debits - earlier.Debits), checked(Credits - earlier.Credits));
}
