using KpGrpc.LedgerServer.Configuration;
using KpGrpc.LedgerServer.Log;
using KpGrpc.LedgerServer.Log.Cosignatures;
using KpGrpc.LedgerServer.Snapshots;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.LedgerServer.Storage.Subjects;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.ServiceDefaults.Hosting;

namespace KpGrpc.LedgerServer.Node;

/// <summary>What a ledger is made of, read from disk and checked.</summary>
/// <param name="Store">The open data folder.</param>
/// <param name="Recovered">The replayed ledger.</param>
/// <param name="Signer">The log's key.</param>
/// <param name="Witnesses">Whose cosignatures count.</param>
/// <param name="Identity">Network, ledger and genesis.</param>
/// <param name="Subjects">Personal data outside the log.</param>
internal sealed record LedgerParts(LedgerStore Store, RecoveredLedger Recovered, NoteSigner Signer, WitnessPolicy Witnesses, StoreIdentity Identity, SubjectVault Subjects)
{
    /// <summary>Reads genesis and key, opens the folder and replays it.</summary>
    /// <param name="options">Where they are.</param>
    /// <param name="production">Whether the environment is Production.</param>
    /// <exception cref="StartupException">Something that an operator can mend, or DATA_LOSS with the sequence that differs.</exception>
    public static LedgerParts Open(LedgerOptions options, bool production)
    {
        if (production && options.Development)
        {
            throw new StartupException($"{options.Section}:Development is refused where the environment is Production; remove it, or set DOTNET_ENVIRONMENT=Development");
        }

        var genesis = ReadGenesis(options, production);
        WitnessPolicy.CheckUrls(options.WitnessUrls, options.Section);
        var witnesses = WitnessPolicy.Read(options.Witnesses, options.WitnessesNeeded, options.Section);
        var origin = options.LogOrigin.Length > 0 ? options.LogOrigin : DefaultOrigin(genesis.Genesis.NetworkId, genesis.Genesis.LedgerId);
        if (options.Development && !File.Exists(options.LogKeyPath))
        {
            LogKeyFile.CreateForDevelopment(options.LogKeyPath, origin);
        }

        var signer = LogKeyFile.Read(options.LogKeyPath, origin, production, $"{options.Section}:LogKeyPath");
        LedgerStore? store = null;
        try
        {
            var identity = new StoreIdentity(genesis.Genesis.NetworkId, genesis.Genesis.LedgerId, genesis.Hash);
            store = StoreFolder.Open(options.DataDirectory, identity, options.WriteBufferBytesMax, $"{options.Section}:DataDirectory");
            var recovered = LedgerRecovery.Resume(store, genesis.Genesis, identity, signer.Verifier, new SnapshotFolder(options.DataDirectory));
            return new LedgerParts(store, recovered, signer, witnesses, identity, new SubjectVault(SubjectKeys.Open(SubjectKeys.DirectoryOf(options.DataDirectory))));
        }
        catch (Exception exception)
        {
            store?.Dispose();
            signer.Dispose();
            if (exception is InvalidDataException or MerkleLog.Proofs.MissingNodeException or RocksDbSharp.RocksDbException)
            {
                throw new StartupException($"DATA_LOSS: {options.Section}:DataDirectory {Path.GetFullPath(options.DataDirectory)}: {exception.Message.ReplaceLineEndings(" ")}; restore it from a backup", exception);
            }

            throw;
        }
    }

    /// <summary>The origin of a log whose settings name none.</summary>
    public static string DefaultOrigin(string networkId, string ledgerId) => $"kpgrpc.example/{networkId}/{ledgerId}";

    private static GenesisFile ReadGenesis(LedgerOptions options, bool production)
    {
        var file = GenesisFile.Read(options.GenesisPath, $"{options.Section}:GenesisPath");
        if (production && file.Development)
        {
            throw new StartupException($"{options.Section}:GenesisPath {options.GenesisPath} is a development network, which is refused in Production; name the network's own genesis file");
        }

        CheckId($"{options.Section}:NetworkId", options.NetworkId, file.Genesis.NetworkId);
        CheckId($"{options.Section}:LedgerId", options.LedgerId, file.Genesis.LedgerId);
        return file;
    }

    private static void CheckId(string setting, string wanted, string found)
    {
        if (wanted.Length > 0 && wanted != found)
        {
            throw new StartupException($"{setting} is {wanted}, but the genesis file is of {found}");
        }
    }
}
