using KpGrpc.LedgerServer.Node;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.ServiceDefaults.Hosting;

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
        using var page = new TableDamage(fixture.DataFolder, StoreLayout.Leaves, place: 0.01);

        var damage = Assert.Throws<InvalidDataException>(
            () => fixture.Server.Services.GetRequiredService<LedgerSet>().All[0].Node.Store.ReadLeaf(4));

        Assert.Contains("column leaves, key 0x0000000000000004", damage.Message, StringComparison.Ordinal);
        Assert.True(fixture.Server.Services.GetRequiredService<ProcessFault>().HasFailed);
    }

    [Fact]
    public async Task RequireLeafAndCommand_SequenceThatIsMissing_SayWhich()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        await fixture.AcceptAsync("payment-provider", payload => payload.OpenAccount = Market.Clearing());
        var store = fixture.Server.Services.GetRequiredService<LedgerSet>().All[0].Node.Store;

        Assert.Equal(store.ReadLeaf(0), store.RequireLeaf(0));
        Assert.Equal("the receipt at sequence 1 is missing", Assert.Throws<InvalidDataException>(() => store.RequireLeaf(1)).Message);
        Assert.Equal("payment-provider-1", store.RequireCommand(0).KeyId);
        Assert.Equal("the command at sequence 1 is missing", Assert.Throws<InvalidDataException>(() => store.RequireCommand(1)).Message);
    }

    [Fact]
    public async Task ReadNewestCheckpoint_DamagedPage_IsNotAnEmptyLedger()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        await Market.OpenAsync(fixture);
        await fixture.StopServerAsync();
        await fixture.StartServerAsync();
        await fixture.StopServerAsync();
        using var damage = new TableDamage(fixture.DataFolder, StoreLayout.Checkpoints, place: 0.01);

        var refused = await Assert.ThrowsAsync<StartupException>(() => fixture.StartServerAsync());

        Assert.StartsWith("DATA_LOSS", refused.Message, StringComparison.Ordinal);
        Assert.Contains("column checkpoints cannot be walked to its end", refused.Message, StringComparison.Ordinal);
    }
}
