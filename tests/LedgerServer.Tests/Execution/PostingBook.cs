using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Accounts.Journal;
using KpGrpc.LedgerServer.Storage.History;

namespace KpGrpc.LedgerServer.Tests.Execution;

/// <summary>Accounts' histories in memory: the rows that commits would write, encoded and read back.</summary>
internal sealed class PostingBook
{
    private readonly HistoryEncoder encoder = new();
    private readonly Dictionary<string, List<HistoryRow>> rows = [];

    /// <summary>What the last command posted to an account.</summary>
    public static IReadOnlyList<AccountPosting> Of(LedgerState state, string accountId)
    {
        var book = new PostingBook();
        book.Take(state);
        return book.Rows(accountId).SelectMany(row => row.Postings).ToList();
    }

    /// <summary>Takes what the last command posted.</summary>
    public void Take(LedgerState state)
    {
        var journal = state.Accounts.Journal;
        foreach (var account in journal.Accounts)
        {
            var bytes = encoder.Encode(account, journal.Of(account), state.LastOrderedAtMicros!.Value);
            var row = HistoryRow.Decode(bytes, state.NextSequence - 1, account.Account);
            var id = account.Account.AccountId;
            if (!rows.TryGetValue(id, out var all))
            {
                rows[id] = all = [];
            }

            all.Add(row);
        }
    }

    public IReadOnlyList<HistoryRow> Rows(string accountId) => rows.TryGetValue(accountId, out var all) ? all : [];

    /// <summary>Asserts that the rows of an account lead to its sums.</summary>
    public void Check(AccountState account)
    {
        var totals = default(AccountTotals);
        foreach (var row in Rows(account.Account.AccountId))
        {
            totals = row.Postings.Aggregate(
                totals, (sums, line) => sums.Apply(line.Posting.State, line.Posting.Direction, (UInt128)line.Posting.Amount.MinorUnits));
            Assert.Equal(totals, row.Totals);
        }

        Assert.Equal(totals, account.Totals);
    }
}
