using KpGrpc.LedgerServer.Storage;
using KpGrpc.ServiceDefaults.Hosting;
using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.Storage;

public sealed class StoreFolderTests
{
    private static readonly StoreIdentity Identity = new("net", "main", default);

    [Fact]
    public void Open_AgainWithTheSameIdentity_Opens()
    {
        using var folder = new TemporaryDirectory();
        StoreFolder.Open(folder.Combine("data"), Identity).Dispose();
        using var store = StoreFolder.Open(folder.Combine("data"), Identity);
        Assert.Equal(Identity, store.ReadIdentity());
        Assert.Null(store.ReadNewestCheckpoint());
    }

    [Fact]
    public void Open_MissingParent_SaysSo()
    {
        using var folder = new TemporaryDirectory();
        Refuse(folder.Combine("no", "such", "data"), Identity, "has no parent folder");
    }

    [Fact]
    public void Open_FileInItsPlace_SaysThatItCannotBeWritten()
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllText(folder.Combine("data"), "a file");
        Refuse(folder.Combine("data"), Identity, "cannot be written");
    }

    [Fact]
    public void Open_TwiceAtATime_SaysThatItIsInUse()
    {
        using var folder = new TemporaryDirectory();
        using var first = StoreFolder.Open(folder.Combine("data"), Identity);
        Refuse(folder.Combine("data"), Identity, "is in use by another process");
    }

    [Fact]
    public void Open_OtherNetworkLedgerOrGenesis_NamesBoth()
    {
        using var folder = new TemporaryDirectory();
        StoreFolder.Open(folder.Combine("data"), Identity).Dispose();
        Refuse(folder.Combine("data"), Identity with { NetworkId = "other" }, "belongs to network net");
        Refuse(folder.Combine("data"), Identity with { LedgerId = "other" }, "ledger other");
        Refuse(folder.Combine("data"), Identity with { GenesisHash = MerkleLog.Hashing.MerkleHasher.EmptyRoot }, "genesis e3b0c44298fc1c14");
    }

    [Fact]
    public void Open_DamagedDatabase_SaysDataLoss()
    {
        using var folder = new TemporaryDirectory();
        StoreFolder.Open(folder.Combine("data"), Identity).Dispose();
        foreach (var manifest in Directory.GetFiles(folder.Combine("data"), "MANIFEST-*"))
        {
            File.WriteAllBytes(manifest, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
        }

        Refuse(folder.Combine("data"), Identity, "DATA_LOSS");
    }

    private static void Refuse(string path, StoreIdentity identity, string text)
    {
        var fault = Assert.Throws<StartupException>(() => StoreFolder.Open(path, identity));
        Assert.Contains(text, fault.Message);
        Assert.DoesNotContain('\n', fault.Message);
    }
}
