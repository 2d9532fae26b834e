using KpGrpc.Client.Transfers;

namespace KpGrpc.Client.Tests.Transfers;

public sealed class TransferIdTests
{
    [Fact]
    public void New_ManyOfOneInstant_DistinctAndBehindTheTime()
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(0x0123456789AB);
        var ids = Enumerable.Range(0, 10_000).Select(_ => TransferId.New(now)).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.StartsWith("0123456789ab", id.ToString()));
    }

    [Fact]
    public void FromBytes_ToBytes_TheSame()
    {
        var bytes = Enumerable.Range(1, 16).Select(i => (byte)i).ToArray();
        Assert.Equal(bytes, TransferId.FromBytes(bytes).ToBytes());
        Assert.Equal(Convert.ToHexStringLower(bytes), TransferId.FromBytes(bytes).ToString());
        Assert.Throws<ArgumentException>(() => TransferId.FromBytes(new byte[15]));
    }
}
