using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.MerkleLog.Proofs;

using RocksDbSharp;

namespace KpGrpc.LedgerServer.Storage;

/// <summary>
/// The durable part of a ledger: RocksDB with the columns of <see cref="StoreLayout"/>. One writer (the sequencer's
/// thread); reads are safe from any thread and see only whole commits. Entries and nodes never change once written.
/// </summary>
internal sealed class LedgerStore : INodeReader, IDisposable
{
    private readonly RocksDb db;
    private readonly Dictionary<string, ColumnFamilyHandle> columns;
    private readonly WriteOptions synced = new WriteOptions().SetSync(true);

    internal LedgerStore(RocksDb db)
    {
        this.db = db;
        columns = StoreLayout.Columns.ToDictionary(name => name, db.GetColumnFamily);
    }

    /// <summary>Told of a read that failed on a damaged or unreadable disk, on the reader's thread: the process must stop. Null for nobody.</summary>
    public Action<Exception>? Damaged { get; set; }

    public ColumnFamilyHandle Column(string name) => columns[name];

    public CommitBatch NewBatch() => new(this);

    /// <summary>Writes a batch and returns once it is on disk (fsync of the write-ahead log): all of it or, after a crash, nothing.</summary>
    /// <exception cref="RocksDbException">The disk refused: nothing may be acknowledged, and the process must stop.</exception>
    public void Commit(CommitBatch batch) => db.Write(batch.Native, synced);

    /// <summary>The identity that the folder was made with; null in a new folder.</summary>
    /// <exception cref="InvalidDataException">The folder has another format, or is damaged.</exception>
    public StoreIdentity? ReadIdentity()
    {
        var format = Get(StoreLayout.FormatKey, StoreLayout.Meta);
        if (format is null)
        {
            return null;
        }

        if (!format.AsSpan().SequenceEqual(StoreLayout.FormatValue(StoreLayout.Format)))
        {
            throw new InvalidDataException($"it has format 0x{Convert.ToHexStringLower(format)}; this release reads format {StoreLayout.Format}");
        }

        return Get(StoreLayout.NetworkKey, StoreLayout.Meta) is { } network
            && Get(StoreLayout.LedgerKey, StoreLayout.Meta) is { } ledger
            && Get(StoreLayout.GenesisKey, StoreLayout.Meta) is { Length: Hash256.Size } genesis
                ? new StoreIdentity(System.Text.Encoding.UTF8.GetString(network), System.Text.Encoding.UTF8.GetString(ledger), new Hash256(genesis))
                : throw new InvalidDataException("its identity is incomplete");
    }

    /// <summary>The receipt at a sequence; null where there is none.</summary>
    public byte[]? ReadLeaf(ulong sequence) => Get(StoreLayout.Number(sequence), StoreLayout.Leaves);

    /// <summary>The receipt at a sequence that was committed.</summary>
    /// <exception cref="InvalidDataException">It is missing or cannot be read: the store is damaged.</exception>
    public byte[] RequireLeaf(ulong sequence) =>
        ReadLeaf(sequence) ?? throw new InvalidDataException($"the receipt at sequence {sequence} is missing");

    /// <summary>The command at a sequence; null where there is none.</summary>
    /// <exception cref="InvalidDataException">It cannot be decoded.</exception>
    public StoredCommand? ReadCommand(ulong sequence) =>
        Get(StoreLayout.Number(sequence), StoreLayout.Commands) is { } bytes ? StoredCommand.Decode(bytes) : null;

    /// <summary>The command at a sequence that was committed.</summary>
    /// <exception cref="InvalidDataException">It is missing or cannot be decoded: the store is damaged.</exception>
    public StoredCommand RequireCommand(ulong sequence) =>
        ReadCommand(sequence) ?? throw new InvalidDataException($"the command at sequence {sequence} is missing");

    /// <summary>Sealed personal data; null where there are none.</summary>
    public byte[]? ReadSubjectData(string pseudonym, string dataId) =>
        Get(StoreLayout.SubjectDataKey(pseudonym, dataId), StoreLayout.SubjectData);

    /// <summary>A value; null where there is none under the key.</summary>
    public byte[]? Read(string column, byte[] key) => Get(key, column);

    /// <summary>Walks a column as it stands now; disposed by the caller.</summary>
    public StoreIterator NewIterator(string column) =>
        new(db.NewIterator(Column(column)), cause => Damage($"column {column} cannot be walked to its end", cause));

    public ulong? FindByIdempotencyKey(string organizationId, ReadOnlySpan<byte> key) =>
        Find(StoreLayout.Idempotency, StoreLayout.IdempotencyKey(organizationId, key));

    public ulong? FindByCommandHash(Hash256 hash) => Find(StoreLayout.CommandHashes, hash.ToArray());

    public ulong? FindByLeafHash(Hash256 hash) => Find(StoreLayout.LeafHashes, hash.ToArray());

    /// <summary>The checkpoint signed at exactly this size; null where none was.</summary>
    public StoredCheckpoint? ReadCheckpoint(ulong size) =>
        Get(StoreLayout.Number(size), StoreLayout.Checkpoints) is { } bytes ? StoredCheckpoint.Decode(bytes) : null;

    /// <summary>The checkpoint of the greatest size; null in a new folder.</summary>
    /// <exception cref="InvalidDataException">It cannot be read or decoded.</exception>
    public StoredCheckpoint? ReadNewestCheckpoint()
    {
        using var iterator = NewIterator(StoreLayout.Checkpoints);
        return iterator.SeekToLast() ? StoredCheckpoint.Decode(iterator.Value) : null;
    }

    /// <summary>Adds witnesses' cosignatures of the checkpoint of a size, all or none, and returns once they are on disk.</summary>
    /// <exception cref="RocksDbException">The disk refused.</exception>
    public void AddCosignatures(ulong treeSize, IReadOnlyList<NoteSignature> lines)
    {
        using var batch = new WriteBatch();
        foreach (var line in lines)
        {
            batch.Put(StoreLayout.CosignatureKey(treeSize, line.Name, line.KeyId), System.Text.Encoding.UTF8.GetBytes(line.ToString()), Column(StoreLayout.Cosignatures));
        }

        if (lines.Count > 0)
        {
            db.Write(batch, synced);
        }
    }

    /// <summary>The cosignatures of the checkpoint of a size, ordered by witness name, then key id.</summary>
    /// <exception cref="InvalidDataException">One cannot be read or decoded: the store is damaged.</exception>
    public IReadOnlyList<NoteSignature> ReadCosignatures(ulong treeSize)
    {
        var prefix = StoreLayout.Number(treeSize);
        var lines = new List<NoteSignature>();
        using var iterator = NewIterator(StoreLayout.Cosignatures);
        for (var found = iterator.Seek(prefix); found && iterator.Key.AsSpan().StartsWith(prefix); found = iterator.Next())
        {
            lines.Add(NoteSignature.TryParse(System.Text.Encoding.UTF8.GetString(iterator.Value), out var line)
                ? line
                : throw new InvalidDataException($"a stored cosignature of size {treeSize} cannot be decoded"));
        }

        return lines;
    }

    /// <summary>Sizes of the checkpoints that have cosignatures, newest first, each once.</summary>
    public IEnumerable<ulong> ReadCosignedSizes()
    {
        using var iterator = NewIterator(StoreLayout.Cosignatures);
        var found = iterator.SeekToLast();
        while (found)
        {
            var size = StoreLayout.ReadNumber(iterator.Key);
            yield return size;
            found = iterator.SeekForPrev(StoreLayout.Number(size));
        }
    }

    /// <inheritdoc/>
    public void ReadNodes(ReadOnlySpan<NodeAddress> addresses, Span<Hash256> hashes)
    {
        Span<byte> key = stackalloc byte[StoreLayout.NodeKeyBytes];
        for (var i = 0; i < addresses.Length; i++)
        {
            StoreLayout.WriteNodeKey(addresses[i], key);
            hashes[i] = Get(key, StoreLayout.Nodes) is { Length: Hash256.Size } hash
                ? new Hash256(hash)
                : throw new MissingNodeException(addresses[i]);
        }
    }

    /// <summary>Makes a folder with all that was durable at this moment: hard links on the same file system, copies elsewhere. Commits go on meanwhile.</summary>
    /// <param name="directory">The folder; must not exist, its parent must.</param>
    /// <exception cref="RocksDbException">The disk refused.</exception>
    public void CopyTo(string directory)
    {
        using var checkpoint = db.Checkpoint();
        checkpoint.Save(directory);
    }

    public void Dispose() => db.Dispose();

    // RocksDB checks the checksum of every block that it reads.
    private byte[]? Get(ReadOnlySpan<byte> key, string column)
    {
        try
        {
            return db.Get(key, Column(column));
        }
        catch (RocksDbException exception)
        {
            throw Damage($"column {column}, key 0x{Convert.ToHexStringLower(key)} cannot be read", exception);
        }
    }

    private InvalidDataException Damage(string what, RocksDbException cause)
    {
        var damage = new InvalidDataException($"{what}: {cause.Message.ReplaceLineEndings(" ")}", cause);
        Damaged?.Invoke(damage);
        return damage;
    }

    private ulong? Find(string column, byte[] key) =>
        Get(key, column) is { } number ? StoreLayout.ReadNumber(number) : null;
}
