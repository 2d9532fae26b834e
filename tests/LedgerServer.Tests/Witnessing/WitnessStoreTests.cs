using System.Text;

using KpGrpc.LedgerServer.Witnessing;
using KpGrpc.MerkleLog.Checkpoints;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.Testing;

using RocksDbSharp;

using Checkpoint = KpGrpc.MerkleLog.Checkpoints.Checkpoint;

namespace KpGrpc.LedgerServer.Tests.Witnessing;

public sealed class WitnessStoreTests
{
    private const string Origin = "kpgrpc.example/n/l";

    [Fact]
    public void Put_Bytes_AreTheNoteUnderItsOrigin()
    {
        using var folder = new TemporaryDirectory();
        using var signer = NoteSigner.FromSeed(Origin, new byte[32]);
        var signed = SignedCheckpoint.Sign(new Checkpoint(Origin, 7, MerkleHasher.EmptyRoot), signer);
        using (var store = WitnessStore.Open(folder.Combine("witness")))
        {
            store.Put(signed);
        }

        using (var db = RocksDb.Open(new DbOptions(), folder.Combine("witness")))
        {
            var note = Encoding.UTF8.GetString(db.Get(Encoding.UTF8.GetBytes(Origin)));
            Assert.StartsWith($"{Origin}\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— {Origin} ", note, StringComparison.Ordinal);
            Assert.Equal(signed.ToString(), note);
        }

        using var again = WitnessStore.Open(folder.Combine("witness"));
        Assert.Equal(signed.ToString(), again.Find(Origin)!.ToString());
        Assert.Null(again.Find("other"));
    }

    [Fact]
    public void Find_ValueThatIsNoCheckpoint_SaysWhichLogAndFolder()
    {
        using var folder = new TemporaryDirectory();
        WitnessStore.Open(folder.Combine("witness")).Dispose();
        using (var db = RocksDb.Open(new DbOptions(), folder.Combine("witness")))
        {
            db.Put(Encoding.UTF8.GetBytes(Origin), "no note"u8.ToArray());
        }

        using var store = WitnessStore.Open(folder.Combine("witness"));

        var damage = Assert.Throws<InvalidDataException>(() => store.Find(Origin));
        Assert.Contains($"the checkpoint of {Origin} in {folder.Combine("witness")} cannot be decoded", damage.Message, StringComparison.Ordinal);
    }
}
