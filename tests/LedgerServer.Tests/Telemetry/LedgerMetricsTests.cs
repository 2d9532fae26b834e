using System.Text.RegularExpressions;

using Grpc.Core;

using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.Telemetry;

[Collection(nameof(AloneInTheProcess))]
public sealed class LedgerMetricsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_RunningServer_TellOfCommitsRejectionsRefusalsAndTheStore()
    {
        await using var fixture = await LedgerFixture.StartAsync(null, "Ledger:SnapshotTailBytesMin=1");
        await Market.OpenAsync(fixture);
        await RejectAsync(fixture);
        await Services.LedgerServiceTests.RefuseAsync(
            fixture,
            fixture.Signer("platform", new Microsoft.Extensions.Time.Testing.FakeTimeProvider()).Sign(payload => payload.OpenAccount = Market.Wallet()),
            StatusCode.FailedPrecondition);
        using var watch = fixture.Ledger.WatchEntries(new WatchEntriesRequest(), cancellationToken: Stop);
        Assert.True(await watch.ResponseStream.MoveNext(Stop).WithinAsync("the first entries"));

        await TimeLimit.UntilAsync(async () => (await Scrape.OfAsync(fixture.Server)).Contains("kp_ledger_snapshot_duration_seconds_count"), "a written snapshot");
        var metrics = await Scrape.OfAsync(fixture.Server);

        Assert.Equal(10, metrics.Value("kp_ledger_log_entries"));
        Assert.Equal(10, metrics.Value("kp_ledger_commit_commands_sum"));
        Assert.InRange(metrics.Value("kp_ledger_commit_duration_seconds_sum"), 1e-6, 60);
        Assert.InRange(metrics.Value("kp_ledger_commit_duration_seconds_count"), 1, 10);
        Assert.InRange(metrics.Value("kp_ledger_commit_size_bytes_total"), 1_000, 1_000_000);
        Assert.True(metrics.Contains("kp_ledger_commit_transfers_sum"));
        Assert.Equal(1, metrics.Value("kp_ledger_rejections_total", "reason=\"UNKNOWN_HOLD\""));
        Assert.Equal(1, metrics.Value("kp_ledger_refusals_total", "reason=\"EXPIRED\""));
        Assert.Equal(0, metrics.Value("kp_ledger_queue_commands"));
        Assert.Equal(0, metrics.Value("kp_ledger_queue_size_bytes"));
        Assert.Equal(1, metrics.Value("kp_ledger_watchers"));
        Assert.Equal(1, metrics.Value("kp_ledger_invariants"));
        Assert.InRange(metrics.Value("kp_ledger_checkpoint_age_seconds"), 0, 600);
        Assert.False(metrics.Contains("kp_ledger_checkpoint_certified_age_seconds{"));
        Assert.InRange(metrics.Value("kp_ledger_store_size_bytes"), 1_000, 1e9);
        Assert.InRange(metrics.Value("kp_ledger_disk_free_bytes"), 1, 1e18);
        Assert.InRange(metrics.Value("kp_ledger_snapshot_pause_seconds_count"), 1, 10);
        string[] notExported = [.. OfDashboard().Where(name => !metrics.Contains(name + "{"))];
        Assert.Empty(notExported);
    }

    // The age of a certified checkpoint is there once witnesses have cosigned one.
    private static IEnumerable<string> OfDashboard()
    {
        using var dashboard = new StreamReader(typeof(LedgerMetricsTests).Assembly.GetManifestResourceStream("grafana-ledger.json")!);
        var names = Regex.Matches(dashboard.ReadToEnd(), "kp_ledger_[a-z_]+").Select(match => match.Value).Distinct().ToArray();
        Assert.InRange(names.Length, 15, 100);
        return names.Except(["kp_ledger_checkpoint_certified_age_seconds"]);
    }

    private static async Task RejectAsync(LedgerFixture fixture)
    {
        var rejected = await fixture.Ledger.SubmitAsync(
            new SubmitRequest { Command = fixture.Signer("platform").Sign(payload => payload.ReleaseHold = new() { HoldId = "none" }).Message },
            cancellationToken: Stop).ResponseAsync.WithinAsync("a receipt");
        Assert.NotEmpty(rejected.Receipt.Leaf);
    }
}
