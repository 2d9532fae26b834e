using KpGrpc.LedgerServer.Execution.Accounts;

namespace KpGrpc.LedgerServer.Ordering;

/// <summary>
/// The last line behind all handlers: no commit is written after which money has come from nowhere. Checked before each
/// write over the running sums, so it costs one comparison a currency.
/// </summary>
internal static class InvariantCheck
{
    /// <summary>Requires debits to equal credits, posted and held, in every currency.</summary>
    /// <exception cref="InvariantBrokenException">They differ; nothing of this commit may be written.</exception>
    public static void Require(AccountTable accounts)
    {
        foreach (var line in accounts.TrialBalance)
        {
            if (!line.IsBalanced)
            {
                throw new InvariantBrokenException($"the trial balance of {line.CurrencyCode} does not balance: {line.Totals}; the commit was not written");
            }
        }
    }
}
