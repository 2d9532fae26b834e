using System.Globalization;

using KpGrpc.LedgerServer.Execution.Snapshots;

namespace KpGrpc.LedgerServer.Snapshots;

/// <summary>
/// The snapshots of a ledger: files <c>snapshots/SEQUENCE.snapshot</c> in its data folder, 20 digits each. A file is
/// published by renaming it once its bytes are on disk. A rename that a crash undoes costs time, never data: the start
/// then takes the one before it, or replays.
/// </summary>
/// <param name="dataDirectory">The ledger's data folder.</param>
internal sealed class SnapshotFolder(string dataDirectory)
{
    /// <summary>Snapshots that are kept: the newest, and one more in case it is damaged.</summary>
    public const int KeptMax = 2;

    private const string Extension = ".snapshot";
    private const string Unfinished = ".unfinished";

    /// <summary>The folder; made by the first <see cref="Publish"/>.</summary>
    public string Path { get; } = System.IO.Path.Combine(dataDirectory, "snapshots");

    /// <summary>The files, newest first.</summary>
    public IReadOnlyList<string> NewestFirst() =>
        Directory.Exists(Path)
            ? [.. Directory.EnumerateFiles(Path, "*" + Extension).OrderDescending(StringComparer.Ordinal)]
            : [];

    /// <summary>Writes a snapshot, makes it the newest and deletes those that are too many.</summary>
    /// <returns>Its length in bytes.</returns>
    /// <exception cref="IOException">The disk refused; the earlier ones are untouched.</exception>
    public long Publish(SnapshotHeader header, StateImage image)
    {
        Directory.CreateDirectory(Path);
        var path = System.IO.Path.Combine(Path, header.Sequence.ToString("D20", CultureInfo.InvariantCulture) + Extension);
        try
        {
            var bytes = SnapshotFile.Write(path + Unfinished, header, image);
            File.Move(path + Unfinished, path, overwrite: true);
            foreach (var old in NewestFirst().Skip(KeptMax))
            {
                File.Delete(old);
            }

            return bytes;
        }
        finally
        {
            File.Delete(path + Unfinished);
        }
    }

    /// <summary>Deletes what an interrupted process left half written.</summary>
    public void DeleteUnfinished()
    {
        if (Directory.Exists(Path))
        {
            foreach (var file in Directory.EnumerateFiles(Path, "*" + Unfinished))
            {
                File.Delete(file);
            }
        }
    }
}
