using KpGrpc.LedgerServer.Log;
using KpGrpc.LedgerServer.Log.Cosignatures;
using KpGrpc.LedgerServer.Log.Tiles;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.LedgerServer.Wire;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.MerkleLog.Tiles;
using KpGrpc.ServiceDefaults.Hosting;

namespace KpGrpc.LedgerServer.Backup;

/// <summary>Writes a log for others to read without a server of ours.</summary>
internal static class LogExport
{
    /// <summary>
    /// Writes the tree of c2sp.org/tlog-tiles, which any static file server can serve: <c>tile/…</c>,
    /// <c>tile/entries/…</c> and, last, <c>checkpoint</c>.
    /// </summary>
    /// <param name="store">The stopped ledger.</param>
    /// <param name="log">The log's key.</param>
    /// <param name="folder">Where to.</param>
    /// <returns>Number of receipts.</returns>
    public static ulong WriteTiles(LedgerStore store, NoteVerifier log, string folder)
    {
        var newest = Newest(store, log);
        var head = new CommittedHead(newest);
        var files = new LogFiles(store, head, new LogProofs(store, head), new CosignatureBook(store, head, log, WitnessPolicy.None));
        for (var level = 0; TileLayout.FullTiles(level, newest.Size) > 0 || TileLayout.PartialWidth(level, newest.Size) > 0; level++)
        {
            var full = TileLayout.FullTiles(level, newest.Size);
            for (ulong index = 0; index < full; index++)
            {
                WriteTile(files, folder, level, index, TileCoordinate.FullWidth);
            }

            if (TileLayout.PartialWidth(level, newest.Size) is > 0 and var width)
            {
                WriteTile(files, folder, level, full, width);
            }
        }

        Write(files, folder, "checkpoint");
        return newest.Size;
    }

    /// <summary>Writes <c>entries.jsonl</c>: one object a line and receipt, as <see cref="EntryJson"/> makes it, and <c>checkpoint</c>.</summary>
    /// <param name="store">The stopped ledger.</param>
    /// <param name="log">The log's key.</param>
    /// <param name="folder">Where to.</param>
    /// <returns>Number of receipts.</returns>
    public static ulong WriteJsonLines(LedgerStore store, NoteVerifier log, string folder)
    {
        var newest = Newest(store, log);
        using (var lines = File.Create(Path.Combine(folder, "entries.jsonl")))
        {
            for (ulong sequence = 0; sequence < newest.Size; sequence++)
            {
                var leaf = store.RequireLeaf(sequence);
                var command = store.RequireCommand(sequence);
                lines.Write(EntryJson.Line(sequence, leaf, command));
            }
        }

        File.WriteAllBytes(Path.Combine(folder, "checkpoint"), newest.Signed.ToBytes());
        return newest.Size;
    }

    private static StoredCheckpoint Newest(LedgerStore store, NoteVerifier log)
    {
        var newest = store.ReadNewestCheckpoint() ?? throw new StartupException("the ledger has no entries yet");
        return newest.Signed.Note.VerifyBy(log) == NoteCheck.Verified
            ? newest
            : throw new StartupException($"the newest checkpoint is not signed by the key of {log.Name}; name this log's verifier key");
    }

    private static void WriteTile(LogFiles files, string folder, int level, ulong index, int width)
    {
        Write(files, folder, new TileCoordinate(level, index, width).ToPath());
        if (level == 0)
        {
            Write(files, folder, new EntryBundleCoordinate(index, width).ToPath());
        }
    }

    private static void Write(LogFiles files, string folder, string path)
    {
        if (!files.TryRead(path, out var file))
        {
            throw new InvalidDataException($"the log has no {path}");
        }

        var target = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.WriteAllBytes(target, file.Content.ToArray());
    }
}
