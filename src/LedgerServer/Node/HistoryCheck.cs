using KpGrpc.LedgerServer.Execution.Accounts.Journal;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.LedgerServer.Storage.History;

namespace KpGrpc.LedgerServer.Node;

/// <summary>Holds accounts' stored histories to what a replayed command posts.</summary>
internal sealed class HistoryCheck(LedgerStore store)
{
    private readonly HistoryEncoder encoder = new();

    /// <summary>Compares the rows of one command byte for byte.</summary>
    /// <exception cref="InvalidDataException">A row is missing or differs.</exception>
    public void Compare(PostingJournal journal, ulong sequence, long orderedAtMicros)
    {
        foreach (var account in journal.Accounts)
        {
            var stored = store.Read(StoreLayout.History, HistoryKey.Of(account.Ordinal, sequence));
            if (stored is null || !encoder.Encode(account, journal.Of(account), orderedAtMicros).SequenceEqual(stored))
            {
                throw new InvalidDataException($"sequence {sequence}: the stored history of account {account.Ordinal} differs from the replayed postings");
            }
        }
    }
}
