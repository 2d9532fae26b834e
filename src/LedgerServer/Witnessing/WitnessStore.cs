using System.Text;

using KpGrpc.MerkleLog.Checkpoints;
using KpGrpc.ServiceDefaults.Hosting;

using RocksDbSharp;

namespace KpGrpc.LedgerServer.Witnessing;

/// <summary>The newest cosigned checkpoint of each log. Key: the origin, UTF-8; value: the signed note. Frozen.</summary>
internal sealed class WitnessStore : IDisposable
{
    private readonly RocksDb db;
    private readonly WriteOptions synced = new WriteOptions().SetSync(true);

    private WitnessStore(RocksDb db) => this.db = db;

    /// <summary>Opens the folder, making it where it is new.</summary>
    /// <exception cref="StartupException">It cannot be opened.</exception>
    public static WitnessStore Open(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
            return new WitnessStore(RocksDb.Open(new DbOptions().SetCreateIfMissing(true).SetParanoidChecks(true), directory));
        }
        catch (Exception exception) when (exception is RocksDbException or IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"Witness:StateDirectory {directory} cannot be opened: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }

    /// <summary>The checkpoint that was cosigned last; null where none was.</summary>
    /// <exception cref="InvalidDataException">It cannot be decoded: the folder is damaged.</exception>
    public SignedCheckpoint? Find(string origin)
    {
        if (db.Get(Encoding.UTF8.GetBytes(origin)) is not { } bytes)
        {
            return null;
        }

        return SignedCheckpoint.TryParse(bytes, out var signed, out var fault) ? signed : throw new InvalidDataException(fault);
    }

    /// <summary>Keeps a checkpoint and returns once it is on disk.</summary>
    public void Put(SignedCheckpoint signed) => db.Put(Encoding.UTF8.GetBytes(signed.Checkpoint.Origin), signed.ToBytes(), null, synced);

    public void Dispose() => db.Dispose();
}
