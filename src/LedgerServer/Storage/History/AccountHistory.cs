using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Accounts.Journal;

namespace KpGrpc.LedgerServer.Storage.History;

/// <summary>
/// Accounts' past sums and postings. Rows never change once written; whoever asks bounds the question by a committed
/// sequence. Reads by seek and holds one row at a time; safe from any thread.
/// </summary>
internal sealed class AccountHistory(LedgerStore store)
{
    /// <summary>The sums right after a sequence.</summary>
    public AccountTotals TotalsAt(AccountName name, ulong sequence)
    {
        using var iterator = store.NewIterator(StoreLayout.History);
        return TotalsAt(iterator, name, sequence);
    }

    /// <summary>The sums of each account right after a sequence, in the order of the accounts; read as they are asked for.</summary>
    /// <param name="accounts">The accounts with their ordinals.</param>
    /// <param name="sequence">The sequence; committed.</param>
    public IEnumerable<AccountTotals> TotalsAt(IEnumerable<AccountName> accounts, ulong sequence)
    {
        using var iterator = store.NewIterator(StoreLayout.History);
        foreach (var name in accounts)
        {
            yield return TotalsAt(iterator, name, sequence);
        }
    }

    /// <summary>The sums of each account before a sequence and right after another: what a statement's totals are made of.</summary>
    /// <param name="accounts">The accounts with their ordinals.</param>
    /// <param name="from">First sequence of the range.</param>
    /// <param name="to">Last sequence of the range; committed.</param>
    public IEnumerable<(AccountTotals Before, AccountTotals After)> TotalsAround(IEnumerable<AccountName> accounts, ulong from, ulong to)
    {
        using var iterator = store.NewIterator(StoreLayout.History);
        foreach (var name in accounts)
        {
            yield return (
                from == 0 ? default : TotalsAt(iterator, name, from - 1),
                TotalsAt(iterator, name, to));
        }
    }

    /// <summary>Postings of accounts, ordered by sequence, then effect index, then part; read as they are asked for.</summary>
    /// <param name="accounts">The accounts with their ordinals.</param>
    /// <param name="from">First place, inclusive.</param>
    /// <param name="to">Last sequence, inclusive; committed.</param>
    public IEnumerable<AccountPosting> Postings(IReadOnlyList<AccountName> accounts, PostingPlace from, ulong to)
    {
        using var iterator = store.NewIterator(StoreLayout.History);
        var waiting = new PriorityQueue<(AccountName Name, HistoryRow Row, int At), PostingPlace>();
        foreach (var name in accounts)
        {
            Enqueue(iterator, waiting, name, from, to);
        }

        while (waiting.TryDequeue(out var next, out _))
        {
            var (name, row, at) = next;
            yield return row.Postings[at];
            if (at + 1 < row.Postings.Count)
            {
                waiting.Enqueue((name, row, at + 1), row.Postings[at + 1].Place);
            }
            else if (row.Sequence < to)
            {
                Enqueue(iterator, waiting, name, new PostingPlace(row.Sequence + 1, 0, 0), to);
            }
        }
    }

    private static void Enqueue(
        StoreIterator iterator, PriorityQueue<(AccountName, HistoryRow, int), PostingPlace> waiting, AccountName name, PostingPlace from, ulong to)
    {
        while (from.Sequence <= to && Seek(iterator, name, from.Sequence) is { } row && row.Sequence <= to)
        {
            for (var at = 0; at < row.Postings.Count; at++)
            {
                if (row.Postings[at].Place.CompareTo(from) >= 0)
                {
                    waiting.Enqueue((name, row, at), row.Postings[at].Place);
                    return;
                }
            }

            from = new PostingPlace(row.Sequence + 1, 0, 0);
        }
    }

    private static HistoryRow? Seek(StoreIterator iterator, AccountName name, ulong sequence) =>
        iterator.Seek(HistoryKey.Of(name.Ordinal, sequence)) ? Row(iterator, name) : null;

    private static AccountTotals TotalsAt(StoreIterator iterator, AccountName name, ulong sequence) =>
        iterator.SeekForPrev(HistoryKey.Of(name.Ordinal, sequence)) && Row(iterator, name) is { } row ? row.Totals : default;

    private static HistoryRow? Row(StoreIterator iterator, AccountName name)
    {
        var key = iterator.Key;
        return key.Length == HistoryKey.Bytes && HistoryKey.Ordinal(key) == name.Ordinal
            ? HistoryRow.Decode(iterator.Value, HistoryKey.Sequence(key), name.Account)
            : null;
    }
}
