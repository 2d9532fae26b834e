using System.Text;

using KpGrpc.MerkleLog.Checkpoints;
using KpGrpc.ServiceDefaults.Hosting;

using RocksDbSharp;

namespace KpGrpc.LedgerServer.Witnessing;

/// <summary>The newest cosigned checkpoint of each log. Key: the origin, UTF-8; value: the signed note. Frozen.</summary>
internal sealed class WitnessStore : IDisposable
{
    private readonly RocksDb db;
    private readonly string directory;
    private readonly WriteOptions synced = new WriteOptions().SetSync(true);

    private WitnessStore(RocksDb db, string directory) => (this.db, this.directory) = (db, directory);

    /// <summary>Opens the folder, making it where it is new.</summary>
    /// <exception cref="StartupException">It cannot be opened.</exception>
    public static WitnessStore Open(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
            return new WitnessStore(RocksDb.Open(new DbOptions().SetCreateIfMissing(true).SetParanoidChecks(true), directory), directory);
        }
        catch (Exception exception) when (exception is RocksDbException or IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"Witness:StateDirectory {directory} cannot be opened: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }

    /// <summary>The checkpoint that was cosigned last; null where none was.</summary>
    /// <exception cref="InvalidDataException">It cannot be read or decoded: the folder is damaged.</exception>
    public SignedCheckpoint? Find(string origin)
    {
        byte[]? bytes;
        try
        {
            bytes = db.Get(Encoding.UTF8.GetBytes(origin));
        }
        catch (RocksDbException exception)
        {
            throw new InvalidDataException($"the checkpoint of {origin} in {directory} cannot be read: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }

        if (bytes is null)
        {
            return null;
        }

        return SignedCheckpoint.TryParse(bytes, out var signed, out var fault)
            ? signed
            : throw new InvalidDataException($"the checkpoint of {origin} in {directory} cannot be decoded: {fault}");
    }

    /// <summary>Keeps a checkpoint and returns once it is on disk.</summary>
    public void Put(SignedCheckpoint signed) => db.Put(Encoding.UTF8.GetBytes(signed.Checkpoint.Origin), signed.ToBytes(), null, synced);

    public void Dispose() => db.Dispose();
}
