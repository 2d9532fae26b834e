using KpGrpc.ServiceDefaults.Hosting;

using RocksDbSharp;

namespace KpGrpc.LedgerServer.Storage;

/// <summary>Opens the data folder; whatever an operator can mend becomes one clear message.</summary>
internal static class StoreFolder
{
    /// <summary>Default of <see cref="Configuration.LedgerOptions.WriteBufferBytesMax"/>.</summary>
    public const long WriteBufferBytesDefault = 134_217_728;

    /// <summary>Opens a folder, making it where it is new.</summary>
    /// <param name="directory">The data folder; its parent must exist.</param>
    /// <param name="identity">What the folder must belong to; written into a new one.</param>
    /// <param name="writeBufferBytesMax">Most bytes of recent writes in memory, and of the write-ahead log.</param>
    /// <param name="setting">Setting or option that names the folder, for messages.</param>
    /// <exception cref="StartupException">Missing parent, not writable, in use, damaged, or another ledger's.</exception>
    public static LedgerStore Open(
        string directory, StoreIdentity identity, long writeBufferBytesMax = WriteBufferBytesDefault, string setting = "Ledger:DataDirectory")
    {
        var path = Path.GetFullPath(directory);
        CheckFolder(setting, path);
        var store = OpenDatabase(setting, path, (ulong)writeBufferBytesMax);
        try
        {
            CheckIdentity(store, setting, path, identity);
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Opens the folder of a stopped ledger: opening a wrong one would make a new, empty ledger in it.</summary>
    /// <param name="directory">The data folder.</param>
    /// <param name="identity">What the folder must belong to.</param>
    /// <exception cref="StartupException">There is no ledger in it, or as <see cref="Open"/>.</exception>
    public static LedgerStore OpenExisting(string directory, StoreIdentity identity) =>
        File.Exists(Path.Combine(directory, "CURRENT"))
            ? Open(directory, identity, setting: "--data")
            : throw new StartupException(Directory.Exists(directory) ? $"there is no ledger in {directory}" : $"there is no data folder {directory}");

    private static void CheckFolder(string setting, string path)
    {
        var parent = Path.GetDirectoryName(path);
        if (parent is not null && !Directory.Exists(parent))
        {
            throw new StartupException($"{setting} {path} has no parent folder {parent}; create it or name another");
        }

        try
        {
            Directory.CreateDirectory(path);
            var probe = Path.Combine(path, ".write-probe");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"{setting} {path} cannot be written: {exception.Message}", exception);
        }
    }

    private static LedgerStore OpenDatabase(string setting, string path, ulong writeBufferBytesMax)
    {
        var options = new DbOptions()
            .SetCreateIfMissing(true)
            .SetCreateMissingColumnFamilies(true)
            .SetParanoidChecks(true)
            // Each column has buffers of its own, and RocksDB's default keeps gigabytes of log for them: memory and the
            // time of a start after a kill would follow the number of columns instead of an option.
            .SetDbWriteBufferSize(writeBufferBytesMax)
            .SetMaxTotalWalSize(writeBufferBytesMax)
            // A torn last record was never acknowledged; damage before it must stop the start, not be skipped.
            .SetWalRecoveryMode(Recovery.TolerateCorruptedTailRecords);
        var families = new ColumnFamilies();
        foreach (var column in StoreLayout.Columns)
        {
            families.Add(column, new ColumnFamilyOptions());
        }

        try
        {
            WriteAheadLogTail.Check(path);
            return new LedgerStore(RocksDb.Open(options, path, families));
        }
        catch (InvalidDataException exception)
        {
            throw new StartupException($"DATA_LOSS: {setting} {path}: {exception.Message}; restore it from a backup", exception);
        }
        catch (RocksDbException exception) when (exception.Message.Contains("LOCK", StringComparison.Ordinal))
        {
            throw new StartupException($"{setting} {path} is in use by another process; stop it, name another folder or, for a backup, use --running", exception);
        }
        catch (RocksDbException exception)
        {
            throw new StartupException($"DATA_LOSS: {setting} {path} cannot be opened and may be damaged; restore it from a backup ({exception.Message.ReplaceLineEndings(" ")})", exception);
        }
    }

    private static void CheckIdentity(LedgerStore store, string setting, string path, StoreIdentity expected)
    {
        StoreIdentity? found;
        try
        {
            found = store.ReadIdentity();
        }
        catch (InvalidDataException exception) when (exception.InnerException is RocksDbException)
        {
            throw new StartupException($"DATA_LOSS: {setting} {path}: {exception.Message}; restore it from a backup", exception);
        }
        catch (InvalidDataException exception)
        {
            throw new StartupException($"{setting} {path} cannot be used: {exception.Message}", exception);
        }

        if (found is null)
        {
            using var batch = store.NewBatch();
            batch.AddIdentity(expected);
            store.Commit(batch);
            return;
        }

        if (found != expected)
        {
            throw new StartupException(
                $"{setting} {path} belongs to network {found.NetworkId}, ledger {found.LedgerId}, genesis {found.GenesisHash.ToHex()[..16]}…; "
                + $"the settings name network {expected.NetworkId}, ledger {expected.LedgerId}, genesis {expected.GenesisHash.ToHex()[..16]}…");
        }
    }
}
