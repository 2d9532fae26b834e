using KpGrpc.LedgerServer.Execution.Accounts.Journal;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.LedgerServer.Storage.History;

namespace KpGrpc.LedgerServer.Node;

/// <summary>Holds accounts' stored histories to what a replayed command posts.</summary>
/// <param name="store">The store.</param>
/// <param name="rowsMax">
/// Rows that are compared before the rest is left to an audit. A row of an account that rests is a read of the disk:
/// comparing all of them is most of what a replay of millions of transfers costs.
/// </param>
internal sealed class HistoryCheck(LedgerStore store, long rowsMax)
{
    /// <summary>Rows that a start compares: enough to see another release's rows or a lost column, within a tenth of a second.</summary>
    public const long RowsAtStart = 10_000;

    private readonly HistoryEncoder encoder = new();
    private long compared;

    /// <summary>Compares the rows of one command byte for byte, unless as many as shall be have been compared.</summary>
    /// <exception cref="InvalidDataException">A row is missing or differs.</exception>
    public void Compare(PostingJournal journal, ulong sequence, long orderedAtMicros)
    {
        if (compared >= rowsMax)
        {
            return;
        }

        foreach (var account in journal.Accounts)
        {
            compared++;
            var stored = store.Read(StoreLayout.History, HistoryKey.Of(account.Ordinal, sequence));
            if (stored is null || !encoder.Encode(account, journal.Of(account), orderedAtMicros).SequenceEqual(stored))
            {
                throw new InvalidDataException($"sequence {sequence}: the stored history of account {account.Ordinal} differs from the replayed postings");
            }
        }
    }
}
