using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.LedgerServer.Storage.History;

namespace KpGrpc.LedgerServer.Audit;

/// <summary>Walks all accounts' histories: every row's sums follow from the row before, and the last ones are the replayed state's.</summary>
internal static class HistoryAudit
{
    /// <summary>Checks the histories.</summary>
    /// <param name="store">The store.</param>
    /// <param name="state">The replayed state.</param>
    /// <param name="output">Where findings are printed.</param>
    /// <returns>Number of differences.</returns>
    public static int Run(LedgerStore store, LedgerState state, TextWriter output)
    {
        var accounts = state.Accounts.All.ToDictionary(account => account.Ordinal);
        var reached = new Dictionary<uint, AccountTotals>();
        var (rows, differences) = (0UL, 0);
        using var iterator = store.NewIterator(StoreLayout.History);
        for (iterator.SeekToFirst(); iterator.Valid(); iterator.Next())
        {
            rows++;
            var (ordinal, sequence) = (HistoryKey.Ordinal(iterator.Key()), HistoryKey.Sequence(iterator.Key()));
            if (!accounts.TryGetValue(ordinal, out var account))
            {
                output.WriteLine($"difference: sequence {sequence}: a history row of account {ordinal}, which does not exist");
                differences++;
                continue;
            }

            var row = HistoryRow.Decode(iterator.Value(), sequence, account.Account);
            var sums = row.Postings.Aggregate(reached.GetValueOrDefault(ordinal), Apply);
            if (sums != row.Totals)
            {
                output.WriteLine($"difference: sequence {sequence}: the history's sums of account {ordinal} do not follow from its postings");
                differences++;
            }

            reached[ordinal] = row.Totals;
        }

        foreach (var (ordinal, account) in accounts.Where(account => reached.GetValueOrDefault(account.Key) != account.Value.Totals))
        {
            output.WriteLine($"difference: the history of account {ordinal} ends with other sums than {account.Account.AccountId} has");
            differences++;
        }

        output.WriteLine($"histories: {rows} rows recomputed");
        return differences;
    }

    private static AccountTotals Apply(AccountTotals totals, Execution.Accounts.Journal.AccountPosting line) =>
        totals.Apply(line.Posting.State, line.Posting.Direction, (UInt128)line.Posting.Amount.MinorUnits);
}
