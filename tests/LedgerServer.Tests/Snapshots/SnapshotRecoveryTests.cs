using KpGrpc.LedgerServer.Node;
using KpGrpc.LedgerServer.Snapshots;
using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.Testing;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KpGrpc.LedgerServer.Tests.Snapshots;

public sealed class SnapshotRecoveryTests
{
    private const string Always = "Ledger:SnapshotTailBytesMin=1";

    [Fact]
    public async Task Start_AfterACleanStop_BeginsFromTheSnapshotAndGoesOn()
    {
        await using var fixture = await LedgerFixture.StartAsync(null, Always);
        await Market.OpenAsync(fixture);
        await fixture.StopServerAsync();

        await fixture.StartServerAsync(null, Always);

        var report = Report(fixture);
        Assert.Equal(Entries(fixture), report.SnapshotSequence);
        Assert.Equal(0UL, report.Replayed);
        Assert.Empty(report.Refused);
        await fixture.AcceptAsync("platform", payload => payload.Purchase = Market.Purchase("p", "work-0"));
    }

    [Fact]
    public async Task Start_SmallTail_TakesNoSnapshotAndReplaysAll()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        await Market.OpenAsync(fixture);
        await fixture.StopServerAsync();

        await fixture.StartServerAsync();

        Assert.Equal(Entries(fixture), Report(fixture).Replayed);
        Assert.False(Directory.Exists(Folder(fixture).Path));
    }

    [Fact]
    public async Task Start_DamagedSnapshots_AreRefusedOneAfterTheOther()
    {
        await using var fixture = await LedgerFixture.StartAsync(null, Always);
        await Market.OpenAsync(fixture);
        await RestartAsync(fixture);
        await fixture.AcceptAsync("platform", payload => payload.Purchase = Market.Purchase("p", "work-0"));
        await RestartAsync(fixture);
        await fixture.StopServerAsync();
        var files = Folder(fixture).NewestFirst();
        Assert.Equal(SnapshotFolder.KeptMax, files.Count);

        Damage(files[0]);
        await fixture.StartServerAsync();
        Assert.InRange(Report(fixture).SnapshotSequence, 1UL, Entries(fixture) - 1);
        Assert.Contains("damaged", Assert.Single(Report(fixture).Refused), StringComparison.Ordinal);
        Assert.Contains(fixture.Server.Logs.Entries, entry => entry.Level == LogLevel.Warning && entry.Text.Contains(files[0], StringComparison.Ordinal));
        await fixture.StopServerAsync();

        Damage(files[1]);
        await fixture.StartServerAsync();
        Assert.Equal((0UL, Entries(fixture), 2), (Report(fixture).SnapshotSequence, Report(fixture).Replayed, Report(fixture).Refused.Count));
    }

    [Fact]
    public async Task Start_SnapshotOfAnotherGenesis_IsRefused()
    {
        await using var other = await LedgerFixture.StartAsync(null, Always);
        await Market.OpenAsync(other);
        await other.StopServerAsync();
        await using var fixture = await LedgerFixture.StartAsync();
        await Market.OpenAsync(fixture);
        await fixture.StopServerAsync();
        Directory.CreateDirectory(Folder(fixture).Path);
        File.Copy(Folder(other).NewestFirst()[0], Path.Combine(Folder(fixture).Path, "00000000000000000001.snapshot"));

        await fixture.StartServerAsync();

        Assert.Contains("another genesis", Assert.Single(Report(fixture).Refused), StringComparison.Ordinal);
        Assert.Equal(0UL, Report(fixture).SnapshotSequence);
    }

    [Fact]
    public async Task Start_SnapshotAheadOfTheStoreOrOfOtherRulesOrAnotherRoot_IsRefused()
    {
        await using var fixture = await LedgerFixture.StartAsync(null, Always);
        await Market.OpenAsync(fixture);
        var node = fixture.Server.Services.GetRequiredService<LedgerSet>().All[0].Node;
        var identity = node.Store.ReadIdentity()!;
        var root = node.Head.Newest.Signed.Checkpoint.Root;
        var good = new SnapshotHeader(identity, KpGrpc.LedgerServer.Execution.LedgerEngine.Version, Entries(fixture), root);
        foreach (var (header, reason) in new[]
        {
            (good with { Sequence = good.Sequence + 1 }, "the store ends at"),
            (good with { EngineVersion = 99 }, "engine version 99"),
            (good with { Root = default }, "its root at sequence"),
            (good with { Sequence = good.Sequence - 1, Root = default }, "its root at sequence"),
        })
        {
            var path = Path.Combine(Folder(fixture).Path, "99999999999999999999.snapshot");
            Directory.CreateDirectory(Folder(fixture).Path);
            SnapshotFile.Write(path, header, await CaptureAsync(fixture));
            await RestartAsync(fixture);
            Assert.Contains(reason, Report(fixture).Refused[0], StringComparison.Ordinal);
            File.Delete(path);
        }
    }

    private static async Task<KpGrpc.LedgerServer.Execution.Snapshots.StateImage> CaptureAsync(LedgerFixture fixture)
    {
        var node = fixture.Server.Services.GetRequiredService<LedgerSet>().All[0].Node;
        Assert.True(node.Orderer.TryRead(KpGrpc.LedgerServer.Execution.Snapshots.StateImage.Capture, out var image));
        return await image.WithinAsync("the image");
    }

    private static async Task RestartAsync(LedgerFixture fixture)
    {
        await fixture.StopServerAsync();
        await fixture.StartServerAsync(null, Always);
    }

    private static void Damage(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    private static SnapshotFolder Folder(LedgerFixture fixture) => new(fixture.DataFolder);

    private static RecoveryReport Report(LedgerFixture fixture) => fixture.Server.Services.GetRequiredService<LedgerSet>().All[0].Node.Recovery;

    private static ulong Entries(LedgerFixture fixture) => fixture.Server.Services.GetRequiredService<LedgerSet>().All[0].Node.Head.Size;
}
