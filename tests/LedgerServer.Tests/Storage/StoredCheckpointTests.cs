using System.Text;

using KpGrpc.LedgerServer.Storage;
using KpGrpc.MerkleLog.Checkpoints;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Notes;

namespace KpGrpc.LedgerServer.Tests.Storage;

public sealed class StoredCheckpointTests
{
    [Fact]
    public void Encode_Bytes_AreTimeThenNote()
    {
        using var signer = NoteSigner.FromSeed("kpgrpc.example/n/l", new byte[32]);
        var stored = new StoredCheckpoint(0x0102030405060708, SignedCheckpoint.Sign(new Checkpoint("kpgrpc.example/n/l", 7, MerkleHasher.EmptyRoot), signer));

        var bytes = stored.Encode();

        Assert.Equal("0102030405060708", Convert.ToHexStringLower(bytes[..8]));
        Assert.StartsWith("kpgrpc.example/n/l\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— kpgrpc.example/n/l ", Encoding.UTF8.GetString(bytes[8..]));
        Assert.Equal(stored.Signed.ToString(), StoredCheckpoint.Decode(bytes).Signed.ToString());
        Assert.Throws<InvalidDataException>(() => StoredCheckpoint.Decode(bytes.AsSpan(0, 20)));
    }
}
