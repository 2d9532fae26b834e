namespace KpGrpc.LedgerServer.Execution.Accounts;

/// <summary>Sums of all accounts of one currency; a sum may exceed what one Money can show.</summary>
/// <param name="CurrencyCode">The currency.</param>
/// <param name="Totals">The four sums; debits equal credits, posted and held.</param>
/// <param name="AccountCount">Number of accounts.</param>
internal sealed record TrialBalanceLine(string CurrencyCode, AccountTotals Totals, int AccountCount)
{
    /// <summary>Whether debits equal credits, posted and held.</summary>
    public bool IsBalanced =>
        Totals.DebitsPosted == Totals.CreditsPosted && Totals.DebitsHeld == Totals.CreditsHeld;
}
