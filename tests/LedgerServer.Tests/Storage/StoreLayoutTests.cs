using System.Text;

using KpGrpc.LedgerServer.Storage;
using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Tests.Storage;

/// <summary>Golden: every byte of every key is read by all later releases.</summary>
public sealed class StoreLayoutTests
{
    [Fact]
    public void Columns_Names_AreFrozen() => Assert.Equal(
        ["meta", "commands", "leaves", "nodes", "checkpoints", "idempotency", "command-hashes", "leaf-hashes", "cosignatures", "subject-data", "history"], StoreLayout.Columns);

    [Fact]
    public void MetaKeys_Bytes_AreFrozen()
    {
        Assert.Equal("format", Encoding.ASCII.GetString(StoreLayout.FormatKey));
        Assert.Equal("network", Encoding.ASCII.GetString(StoreLayout.NetworkKey));
        Assert.Equal("ledger", Encoding.ASCII.GetString(StoreLayout.LedgerKey));
        Assert.Equal("genesis", Encoding.ASCII.GetString(StoreLayout.GenesisKey));
        Assert.Equal("00000001", Convert.ToHexStringLower(StoreLayout.FormatValue(StoreLayout.Format)));
    }

    [Fact]
    public void Number_Bytes_AreBigEndian()
    {
        Assert.Equal("0102030405060708", Convert.ToHexStringLower(StoreLayout.Number(0x0102030405060708)));
        Assert.Equal(0x0102030405060708UL, StoreLayout.ReadNumber(StoreLayout.Number(0x0102030405060708)));
    }

    [Fact]
    public void ReadNumber_TooFewBytes_IsDamage() => Assert.Throws<InvalidDataException>(() => StoreLayout.ReadNumber(new byte[7]));

    [Fact]
    public void WriteNodeKey_Bytes_AreLevelThenIndex()
    {
        Span<byte> key = stackalloc byte[StoreLayout.NodeKeyBytes];
        StoreLayout.WriteNodeKey(new NodeAddress(3, 258), key);
        Assert.Equal("030000000000000102", Convert.ToHexStringLower(key));
    }

    [Fact]
    public void IdempotencyKey_Bytes_AreOrganizationZeroKey()
    {
        var key = StoreLayout.IdempotencyKey("org", Enumerable.Range(1, 16).Select(i => (byte)i).ToArray());
        Assert.Equal("6f7267000102030405060708090a0b0c0d0e0f10", Convert.ToHexStringLower(key));
        Assert.Throws<ArgumentException>(() => StoreLayout.IdempotencyKey("org", [1]));
    }

    [Fact]
    public void CosignatureKey_Bytes_AreSizeNameZeroKeyId() =>
        Assert.Equal("0102030405060708772f3100a1b2c3d4", Convert.ToHexStringLower(StoreLayout.CosignatureKey(0x0102030405060708, "w/1", 0xa1b2c3d4)));

    [Fact]
    public void SubjectDataKey_Bytes_ArePseudonymZeroId() =>
        Assert.Equal("616200647431", Convert.ToHexStringLower(StoreLayout.SubjectDataKey("ab", "dt1")));
}
