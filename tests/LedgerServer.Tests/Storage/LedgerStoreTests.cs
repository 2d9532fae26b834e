using KpGrpc.LedgerServer.Node;
using KpGrpc.LedgerServer.Tests.Hosting;

using Microsoft.Extensions.DependencyInjection;

namespace KpGrpc.LedgerServer.Tests.Storage;

public sealed class LedgerStoreTests
{
    private const string Always = "Ledger:SnapshotTailBytesMin=1";

    [Fact]
    public async Task ReadLeaf_DamagedPage_NamesColumnAndKeyAndStopsTheProcess()
    {
        await using var fixture = await LedgerFixture.StartAsync(null, Always);
        await Market.OpenAsync(fixture);
        await fixture.StopServerAsync();
        // The start moves what was in the write-ahead log into tables, and reads no leaf of them, thanks to the snapshot.
        await fixture.StartServerAsync(null, Always);
        fixture.Server.ExpectError("column leaves");
        Damage(fixture.DataFolder);

        var damage = Assert.Throws<InvalidDataException>(
            () => fixture.Server.Services.GetRequiredService<LedgerSet>().All[0].Node.Store.ReadLeaf(4));

        Assert.Contains("column leaves, key 0x0000000000000004", damage.Message, StringComparison.Ordinal);
        Assert.True(fixture.Server.Services.GetRequiredService<ProcessFault>().HasFailed);
    }

    private static void Damage(string folder)
    {
        var tables = Directory.GetFiles(folder, "*.sst");
        Assert.NotEmpty(tables);
        foreach (var table in tables)
        {
            using var file = new FileStream(table, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            file.Position = 20;
            var value = file.ReadByte();
            file.Position = 20;
            file.WriteByte((byte)(value ^ 1));
        }
    }
}
