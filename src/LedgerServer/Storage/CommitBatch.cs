using KpGrpc.LedgerServer.Execution.Accounts.Journal;
using KpGrpc.LedgerServer.Storage.History;
using KpGrpc.MerkleLog.Hashing;

using RocksDbSharp;

namespace KpGrpc.LedgerServer.Storage;

/// <summary>Everything that one commit writes, collected for one synced write. Made by <see cref="LedgerStore.NewBatch"/>; not thread-safe.</summary>
internal sealed class CommitBatch(LedgerStore store) : IDisposable
{
    private readonly WriteBatch batch = new();
    private readonly HistoryEncoder history = new();

    /// <summary>The native batch, for <see cref="LedgerStore.Commit"/> alone.</summary>
    public WriteBatch Native => batch;

    /// <summary>Bytes of the commands and receipts that were added.</summary>
    public long EntryBytes { get; private set; }

    /// <summary>Adds a command, its receipt and the ways to find them.</summary>
    public void AddEntry(ulong sequence, byte[] storedCommand, byte[] leaf, EntryKeys keys)
    {
        EntryBytes += storedCommand.Length + leaf.Length;
        var number = StoreLayout.Number(sequence);
        batch.Put(number, storedCommand, store.Column(StoreLayout.Commands));
        batch.Put(number, leaf, store.Column(StoreLayout.Leaves));
        batch.Put(keys.Idempotency, number, store.Column(StoreLayout.Idempotency));
        batch.Put(keys.CommandHash.AsSpan(), number, store.Column(StoreLayout.CommandHashes));
        batch.Put(keys.LeafHash.AsSpan(), number, store.Column(StoreLayout.LeafHashes));
    }

    /// <summary>Adds what a command posted: one row an account.</summary>
    public void AddHistory(PostingJournal journal, ulong sequence, long orderedAtMicros)
    {
        Span<byte> key = stackalloc byte[HistoryKey.Bytes];
        var column = store.Column(StoreLayout.History);
        foreach (var account in journal.Accounts)
        {
            HistoryKey.Write(key, account.Ordinal, sequence);
            batch.Put(key, history.Encode(account, journal.Of(account), orderedAtMicros), column);
        }
    }

    public void AddNodes(ReadOnlySpan<MerkleNode> nodes)
    {
        Span<byte> key = stackalloc byte[StoreLayout.NodeKeyBytes];
        foreach (ref readonly var node in nodes)
        {
            var hash = node.Hash;
            StoreLayout.WriteNodeKey(node.Address, key);
            batch.Put(key, hash.AsSpan(), store.Column(StoreLayout.Nodes));
        }
    }

    public void AddSubjectData(string pseudonym, string dataId, byte[] sealedData) =>
        batch.Put(StoreLayout.SubjectDataKey(pseudonym, dataId), sealedData, store.Column(StoreLayout.SubjectData));

    /// <summary>Deletes all data of a subject, also those that this commit adds.</summary>
    public void DeleteSubjectData(string pseudonym)
    {
        var first = StoreLayout.SubjectDataKey(pseudonym, string.Empty);
        byte[] behind = [.. first[..^1], 1];
        batch.DeleteRange(first, (ulong)first.Length, behind, (ulong)behind.Length, store.Column(StoreLayout.SubjectData));
    }

    public void AddCheckpoint(StoredCheckpoint checkpoint) =>
        batch.Put(StoreLayout.Number(checkpoint.Size), checkpoint.Encode(), store.Column(StoreLayout.Checkpoints));

    public void AddIdentity(StoreIdentity identity)
    {
        var meta = store.Column(StoreLayout.Meta);
        batch.Put(StoreLayout.FormatKey, StoreLayout.FormatValue(StoreLayout.Format), meta);
        batch.Put(StoreLayout.NetworkKey, System.Text.Encoding.UTF8.GetBytes(identity.NetworkId), meta);
        batch.Put(StoreLayout.LedgerKey, System.Text.Encoding.UTF8.GetBytes(identity.LedgerId), meta);
        batch.Put(StoreLayout.GenesisKey, identity.GenesisHash.ToArray(), meta);
    }

    public void Dispose() => batch.Dispose();
}
