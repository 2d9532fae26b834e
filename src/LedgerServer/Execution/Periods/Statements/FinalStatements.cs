namespace KpGrpc.LedgerServer.Execution.Periods.Statements;

/// <summary>Statements of a period from the books at its edges.</summary>
internal static class FinalStatements
{
    /// <summary>One an organisation and currency that has an account at the period's end, ordered by both.</summary>
    /// <param name="period">The period; both edges reached.</param>
    /// <param name="state">The state; only its currencies are read.</param>
    public static IReadOnlyList<FinalStatement> Of(SettlementPeriod period, LedgerState state) =>
        [.. period.End!.Book.Entries.Select(entry => Of(
            entry.Key, state.Currencies.Find(entry.Key.CurrencyCode)!.Exponent, period.Start!.Book.Of(entry.Key), entry.Sums))];

    /// <summary>A statement between two sums.</summary>
    public static FinalStatement Of(StatementKey key, uint exponent, StatementSums start, StatementSums end) =>
        new(key, exponent, start.Balance, end.Since(start));
}
