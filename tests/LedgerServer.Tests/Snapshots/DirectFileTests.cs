using KpGrpc.LedgerServer.Snapshots;
using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.Snapshots;

public sealed class DirectFileTests
{
    // Past the cache neither address, length nor place would do.
    [Fact]
    public void WriteThenRead_WithoutAlignment_FallsBackToTheCache()
    {
        using var folder = new TemporaryDirectory();
        using (var file = new DirectFile(File.OpenHandle(folder.Combine("f"), FileMode.Create, FileAccess.Write)))
        {
            file.Write([0], 0);
            file.Write([1, 2, 3], 1);
            file.Flush();
            Assert.False(file.IsUncached);
            Assert.Equal(4, file.Length);
        }

        using var again = new DirectFile(File.OpenHandle(folder.Combine("f")));
        var bytes = new byte[3];

        Assert.Equal(3, again.Read(bytes, 1));
        Assert.Equal([1, 2, 3], bytes);
        Assert.False(again.IsUncached);
    }
}
