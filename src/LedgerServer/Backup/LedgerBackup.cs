using KpGrpc.LedgerServer.Audit;
using KpGrpc.LedgerServer.Configuration;
using KpGrpc.LedgerServer.Snapshots;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.ServiceDefaults.Hosting;

namespace KpGrpc.LedgerServer.Backup;

/// <summary>
/// Backups of a ledger: <c>ledger/</c> is its data folder with the snapshots, <c>genesis.json</c> its genesis file. The
/// log's secret key is not part of it.
/// </summary>
internal static class LedgerBackup
{
    private const string DataFolder = "ledger";
    private const string SnapshotsAside = "snapshots";
    private const string GenesisName = "genesis.json";

    /// <summary>Makes a backup; it is there whole or not at all.</summary>
    /// <param name="data">Data folder of a stopped ledger.</param>
    /// <param name="genesisPath">Its genesis file.</param>
    /// <param name="target">The backup's folder; new or empty.</param>
    /// <returns>Number of receipts in it.</returns>
    /// <exception cref="StartupException">A path cannot be used; the message says which.</exception>
    public static ulong Make(string data, string genesisPath, string target)
    {
        var genesis = GenesisFile.Read(genesisPath, "--genesis");
        using var store = StoreFolder.OpenExisting(data, genesis.Identity);
        return Make(store, data, genesisPath, target);
    }

    /// <summary>Makes a backup of an open ledger, which may go on committing; it is there whole or not at all.</summary>
    /// <param name="store">The ledger.</param>
    /// <param name="data">Its data folder.</param>
    /// <param name="genesisPath">Its genesis file.</param>
    /// <param name="target">The backup's folder; new or empty.</param>
    /// <returns>Number of receipts in it, at least.</returns>
    /// <exception cref="StartupException">A path cannot be used; the message says which.</exception>
    public static ulong Make(LedgerStore store, string data, string genesisPath, string target)
    {
        using var folder = new NewFolder(target);
        var copy = Path.Combine(folder.Unfinished, DataFolder);
        // Snapshots first: one that is newer than the copied entries would be of no use.
        var snapshots = Directory.CreateDirectory(Path.Combine(folder.Unfinished, SnapshotsAside)).FullName;
        foreach (var snapshot in new SnapshotFolder(data).NewestFirst())
        {
            CopyIfThere(snapshot, Path.Combine(snapshots, Path.GetFileName(snapshot)));
        }

        var entries = store.ReadNewestCheckpoint()?.Size ?? 0;
        store.CopyTo(copy);
        Directory.Move(snapshots, new SnapshotFolder(copy).Path);
        File.Copy(genesisPath, Path.Combine(folder.Unfinished, GenesisName));
        folder.Publish();
        return entries;
    }

    /// <summary>Copies a backup into a new data folder, audits the copy, and puts it in place only if nothing differs.</summary>
    /// <param name="source">The backup.</param>
    /// <param name="data">The data folder; new or empty.</param>
    /// <param name="log">The log's key.</param>
    /// <param name="output">Where findings are printed.</param>
    /// <returns>Number of differences; the data folder is only there where it is 0.</returns>
    /// <exception cref="StartupException">A path cannot be used, or the backup cannot be opened.</exception>
    public static int Restore(string source, string data, NoteVerifier log, TextWriter output)
    {
        var backup = new DirectoryInfo(Path.Combine(source, DataFolder));
        if (!backup.Exists)
        {
            throw new StartupException($"{Path.GetFullPath(source)} is no backup: it has no folder {DataFolder}");
        }

        var genesis = GenesisFile.Read(Path.Combine(source, GenesisName), "--from");
        using var folder = new NewFolder(data);
        Copy(backup, folder.Unfinished);
        var differences = LedgerAudit.Run(folder.Unfinished, genesis, log, output);
        if (differences == 0)
        {
            folder.Publish();
        }

        return differences;
    }

    private static void CopyIfThere(string source, string target)
    {
        try
        {
            File.Copy(source, target);
        }
        catch (FileNotFoundException)
        {
            // A running ledger deletes a snapshot when it has newer ones.
        }
    }

    private static void Copy(DirectoryInfo source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var file in source.EnumerateFiles())
        {
            file.CopyTo(Path.Combine(target, file.Name));
        }

        foreach (var inner in source.EnumerateDirectories())
        {
            Copy(inner, Path.Combine(target, inner.Name));
        }
    }
}
