using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Accounts.Journal;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.LedgerServer.Storage.History;

namespace KpGrpc.LedgerServer.Audit;

/// <summary>
/// Walks all accounts' histories: every row's sums follow from the row before, the last ones are the replayed state's,
/// and there are as many rows of each command as it gave, since a row too many may change no sum.
/// </summary>
internal static class HistoryAudit
{
    /// <summary>Checks the histories.</summary>
    /// <param name="store">The store.</param>
    /// <param name="state">The replayed state.</param>
    /// <param name="rowCounts">Rows that each command gave, by sequence: one an account that it posted to.</param>
    /// <param name="output">Where findings are printed.</param>
    /// <returns>Number of differences.</returns>
    /// <exception cref="InvalidDataException">A row cannot be read or decoded.</exception>
    public static int Run(LedgerStore store, LedgerState state, IReadOnlyList<int> rowCounts, TextWriter output)
    {
        var accounts = state.Accounts.All.ToDictionary(account => account.Ordinal);
        var reached = new Dictionary<uint, AccountTotals>();
        var found = new int[rowCounts.Count];
        var (rows, differences) = (0UL, 0);
        void Differ(string what)
        {
            output.WriteLine($"difference: {what}");
            differences++;
        }

        using var iterator = store.NewIterator(StoreLayout.History);
        for (var more = iterator.SeekToFirst(); more; more = iterator.Next())
        {
            rows++;
            var key = iterator.Key;
            if (key.Length != HistoryKey.Bytes || !accounts.TryGetValue(HistoryKey.Ordinal(key), out var account) || HistoryKey.Sequence(key) >= (ulong)found.Length)
            {
                Differ($"a history row under 0x{Convert.ToHexStringLower(key)}, which names no account or no sequence");
                continue;
            }

            var (ordinal, sequence) = (account.Ordinal, HistoryKey.Sequence(key));
            found[sequence]++;
            var row = HistoryRow.Decode(iterator.Value, sequence, account.Account);
            if (row.Postings.Aggregate(reached.GetValueOrDefault(ordinal), Apply) != row.Totals)
            {
                Differ($"sequence {sequence}: the history's sums of account {ordinal} do not follow from its postings");
            }

            reached[ordinal] = row.Totals;
        }

        foreach (var (ordinal, account) in accounts.Where(account => reached.GetValueOrDefault(account.Key) != account.Value.Totals))
        {
            Differ($"the history of account {ordinal} ends with other sums than {account.Account.AccountId} has");
        }

        for (var sequence = 0; sequence < found.Length; sequence++)
        {
            if (found[sequence] != rowCounts[sequence])
            {
                Differ($"sequence {sequence}: {found[sequence]} history rows are there, its command gave {rowCounts[sequence]}");
            }
        }

        output.WriteLine($"histories: {rows} rows recomputed");
        return differences;
    }

    private static AccountTotals Apply(AccountTotals totals, AccountPosting line) =>
        totals.Apply(line.Posting.State, line.Posting.Direction, (UInt128)line.Posting.Amount.MinorUnits);
}
