using System.Security.Cryptography;
using System.Text;

using KpGrpc.ServiceDefaults.Hosting;

using RocksDbSharp;

namespace KpGrpc.LedgerServer.Storage.Subjects;

/// <summary>
/// One secret key a subject, in a folder of its own beside the ledger's, so that no backup of the ledger holds them: a
/// backup that did would bring erased data back. Key: the pseudonym, UTF-8; value: 32 bytes. Frozen. Thread-safe.
/// </summary>
internal sealed class SubjectKeys : IDisposable
{
    /// <summary>Length of a key in bytes: AES-256.</summary>
    public const int KeyBytes = 32;

    private readonly RocksDb db;
    private readonly string directory;
    private readonly Lock gate = new();
    private readonly WriteOptions synced = new WriteOptions().SetSync(true);

    private SubjectKeys(RocksDb db, string directory) => (this.db, this.directory) = (db, directory);

    /// <summary>The folder that belongs to a ledger's data folder.</summary>
    public static string DirectoryOf(string dataDirectory) => $"{Path.GetFullPath(dataDirectory).TrimEnd(Path.DirectorySeparatorChar)}.subject-keys";

    /// <summary>Opens the folder, making it where it is new.</summary>
    /// <exception cref="StartupException">It cannot be opened.</exception>
    public static SubjectKeys Open(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            return new SubjectKeys(RocksDb.Open(new DbOptions().SetCreateIfMissing(true).SetParanoidChecks(true), directory), directory);
        }
        catch (Exception exception) when (exception is RocksDbException or IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"the folder of subjects' keys {directory} cannot be opened: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }

    /// <summary>A subject's key; null where there is none or it was destroyed.</summary>
    /// <exception cref="InvalidDataException">It cannot be read: the folder is damaged.</exception>
    public byte[]? Find(string pseudonym)
    {
        byte[]? key;
        try
        {
            key = db.Get(Encoding.UTF8.GetBytes(pseudonym));
        }
        catch (RocksDbException exception)
        {
            throw new InvalidDataException($"a key in the folder of subjects' keys {directory} cannot be read: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }

        return key is null or { Length: KeyBytes }
            ? key
            : throw new InvalidDataException($"a key in the folder of subjects' keys {directory} has {key.Length} bytes instead of {KeyBytes}");
    }

    /// <summary>A subject's key, made and on disk where there was none.</summary>
    public byte[] FindOrMake(string pseudonym)
    {
        lock (gate)
        {
            if (Find(pseudonym) is { } known)
            {
                return known;
            }

            var key = RandomNumberGenerator.GetBytes(KeyBytes);
            db.Put(Encoding.UTF8.GetBytes(pseudonym), key, null, synced);
            return key;
        }
    }

    /// <summary>Destroys keys: afterwards no file of the folder holds them. Those that are gone already are no fault.</summary>
    public void Destroy(IReadOnlyCollection<string> pseudonyms)
    {
        lock (gate)
        {
            foreach (var key in pseudonyms.Select(Encoding.UTF8.GetBytes).Where(key => db.HasKey(key)))
            {
                db.Remove(key, null, synced);
                // The deletion alone leaves the key in the write-ahead log and in older files.
                db.Flush(new FlushOptions().SetWaitForFlush(true));
                db.CompactRange(key, [.. key, 0], null);
            }
        }
    }

    public void Dispose() => db.Dispose();
}
