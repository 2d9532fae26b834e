using KpGrpc.Client.LogViews;
using KpGrpc.Client.Receipts;
using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.MerkleLog.Verification;
using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.Log;

/// <summary>The SDK's follower against a real server, whose folder is put back to an older copy of itself.</summary>
public sealed class LogFollowerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FollowAsync_LedgerPutBackToAnOlderCopy_IsFoundOut()
    {
        using var folder = new TemporaryDirectory();
        await using var fixture = await LedgerFixture.StartAsync();
        await Market.OpenAsync(fixture, works: 2);
        Assert.True(TrustPolicy.TryCreate(fixture.LogVerifierKey, null, 0, null, out var policy, out _));
        using var view = LogView.Open(folder.Combine("main.view"), policy);
        var first = Assert.IsType<LogViewVerdict.Consistent>(await new LogFollower(fixture.Server.Channel, view).FollowAsync(Stop));
        await fixture.StopServerAsync();
        Copy(fixture.DataFolder, folder.Combine("older"));

        await fixture.StartServerAsync();
        var bought = await fixture.AcceptAsync("platform", payload => payload.Purchase = Market.Purchase("p", "work-0"), includeProof: true);
        var (receipt, moved) = await new LogFollower(fixture.Server.Channel, view).VerifyAsync(bought.Proof, Stop);
        Assert.Equal(bought.Receipt, Assert.IsType<OfflineReceipt.Verified>(receipt).Receipt);
        Assert.Equal((true, first.Newest.Checkpoint.Size + 1), (Assert.IsType<LogViewVerdict.Consistent>(moved).Advanced, view.Newest!.Checkpoint.Size));

        await fixture.StopServerAsync();
        Directory.Delete(fixture.DataFolder, recursive: true);
        Copy(folder.Combine("older"), fixture.DataFolder);
        await fixture.StartServerAsync();
        var cut = await new LogFollower(fixture.Server.Channel, view).FollowAsync(Stop);
        await fixture.AcceptAsync("platform", payload => payload.Purchase = Market.Purchase("q", "work-0"));
        var split = await new LogFollower(fixture.Server.Channel, view).FollowAsync(Stop);
        await fixture.AcceptAsync("platform", payload => payload.Purchase = Market.Purchase("r", "work-1"));
        var forked = await new LogFollower(fixture.Server.Channel, view).FollowAsync(Stop);

        Assert.Equal(
            [LogViewRefusal.RolledBack, LogViewRefusal.SplitView, LogViewRefusal.NotConsistent],
            new[] { cut, split, forked }.Select(verdict => Assert.IsType<LogViewVerdict.Refused>(verdict).Reason));
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
    }
}
