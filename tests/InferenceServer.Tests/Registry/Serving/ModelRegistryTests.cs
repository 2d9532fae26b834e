using KpGrpc.InferenceServer.Batching;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Registry.Loading;
using KpGrpc.InferenceServer.Registry.Serving;
using KpGrpc.InferenceServer.Registry.Traffic;
using KpGrpc.InferenceServer.Telemetry;
using KpGrpc.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace KpGrpc.InferenceServer.Tests.Registry.Serving;

public sealed class ModelRegistryTests : IAsyncLifetime
{
    private const string Model = "scale";
    private static readonly LoadWish Plainly = new();

    private readonly TemporaryDirectory directory = new();
    private readonly FakeLoader loader = new();
    private readonly ModelFolders folders;
    private readonly ModelCatalog catalog;
    private readonly ModelRegistry models;
    private readonly ShadowQueue shadows;

    public ModelRegistryTests()
    {
        var options = Options.Create(new RegistryOptions { LoadedMax = 4 });
        var batching = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddOptions<BatchingOptions>().Services
            .BuildServiceProvider().GetRequiredService<IOptionsMonitor<BatchingOptions>>();
        folders = new ModelFolders(directory.Path);
        shadows = new ShadowQueue(options, InferenceMetrics.Unread, TimeProvider.System);
        catalog = new ModelCatalog(folders, shadows);
        models = new ModelRegistry(
            catalog, new VersionLoader([loader], batching, InferenceMetrics.Unread, TimeProvider.System), options, InferenceMetrics.Unread, NullLogger<ModelRegistry>.Instance);
    }

    [Fact]
    public async Task LoadAsync_ABetterVersion_TakesTheTrafficAndTheOldOneLeavesMemory()
    {
        FakeLoader.Publish(folders, Model, "v1", 2, metric: 0.10, day: 1);
        FakeLoader.Publish(folders, Model, "v2", 3, metric: 0.11, day: 2);
        await LoadAsync("v1");
        Assert.Equal(20, await AskAsync(10));

        var outcome = await LoadAsync("");

        Assert.Equal((RegistryRejection.None, "v1"), (outcome.Rejection, outcome.Replaced));
        Assert.Equal(30, await AskAsync(10));
        Assert.Equal((0, 1), (loader.Alive["scale/v1"], loader.Alive["scale/v2"]));
        Assert.Equal([("v2", VersionState.Ready, 1_000_000), ("v1", VersionState.Available, 0)], Standing());
    }

    [Fact]
    public async Task LoadAsync_AWorseGateMetric_IsRefusedUnlessForced()
    {
        FakeLoader.Publish(folders, Model, "v1", 2, metric: 0.10);
        FakeLoader.Publish(folders, Model, "v2", 3, metric: 0.09);
        await LoadAsync("v1");

        var refused = await LoadAsync("v2");
        Assert.Equal(RegistryRejection.GateFailed, refused.Rejection);
        Assert.Contains("ndcg@10 of scale/v2 is 0.09, below the 0.1 of v1", refused.Detail, StringComparison.Ordinal);
        Assert.Equal(20, await AskAsync(10));

        Assert.Equal(RegistryRejection.None, (await models.LoadAsync(Model, "v2", Plainly with { Force = true })).Rejection);
        Assert.Equal(30, await AskAsync(10));
    }

    [Fact]
    public async Task LoadAsync_AnotherAnswerThanTheGoldenOne_IsRefusedAndTheOldVersionStays()
    {
        FakeLoader.Publish(folders, Model, "v1", 2);
        FakeLoader.Publish(folders, Model, "v2", 3, golden: 3.1f);
        await LoadAsync("v1");

        var refused = await LoadAsync("v2");

        Assert.Equal(RegistryRejection.ChecksFailed, refused.Rejection);
        Assert.Contains("golden request 0: y differs at element 0: 3, not 3.1", refused.Detail, StringComparison.Ordinal);
        Assert.Equal(20, await AskAsync(10));
        Assert.Equal(0, loader.Alive["scale/v2"]);
        Assert.Equal(VersionState.Failed, catalog.List().Single(status => status.Version == "v2").State);
    }

    [Fact]
    public async Task LoadAsync_UnknownVersion_IsUnknown()
    {
        FakeLoader.Publish(folders, Model, "v1", 2);

        Assert.Equal(RegistryRejection.Unknown, (await LoadAsync("v9")).Rejection);
        Assert.Equal(RegistryRejection.Unknown, (await models.LoadAsync("nothing", "", Plainly)).Rejection);
    }

    [Fact]
    public async Task LoadAsync_MoreVersionsThanAllowed_IsRefused()
    {
        for (var version = 1; version <= 5; version++)
        {
            FakeLoader.Publish(folders, Model, $"v{version}", version);
            var outcome = await models.LoadAsync(Model, $"v{version}", Plainly with { WithoutTraffic = true });
            Assert.Equal(version <= 4 ? RegistryRejection.None : RegistryRejection.Full, outcome.Rejection);
        }
    }

    [Fact]
    public async Task StartAsync_BrokenAndFailingVersions_TheNewestThatPassesServes()
    {
        FakeLoader.Publish(folders, Model, "good", 2, day: 1);
        FakeLoader.Publish(folders, Model, "failing", 3, golden: 4, day: 2);
        var changed = FakeLoader.Publish(folders, Model, "changed", 5, day: 3);
        await File.WriteAllTextAsync(Path.Combine(changed.Path, "factor.txt"), "6", Token);
        Directory.CreateDirectory(directory.Combine(Model, "empty"));

        await models.StartAsync(Token);

        Assert.Equal(20, await AskAsync(10));
        var listed = catalog.List().ToDictionary(status => status.Version);
        Assert.Equal(VersionState.Ready, listed["good"].State);
        Assert.All(["failing", "changed", "empty"], version => Assert.Equal(VersionState.Failed, listed[version].State));
        Assert.Contains("factor.txt differs", listed["changed"].Reason, StringComparison.Ordinal);
        Assert.Contains("card.json", listed["empty"].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnloadAsync_VersionWithTraffic_IsRefusedAndWithoutItLeaves()
    {
        FakeLoader.Publish(folders, Model, "v1", 2);
        FakeLoader.Publish(folders, Model, "v2", 3);
        await LoadAsync("v1");
        await models.LoadAsync(Model, "v2", Plainly with { WithoutTraffic = true });

        Assert.Equal(RegistryRejection.HasTraffic, (await models.UnloadAsync(Model, "v1")).Rejection);
        var gone = await models.UnloadAsync(Model, "v2");

        Assert.Equal((RegistryRejection.None, VersionState.Available), (gone.Rejection, gone.Versions[0].State));
        Assert.Equal(0, loader.Alive["scale/v2"]);
        Assert.Null(catalog.TryLease(Model, "v2"));
    }

    [Fact]
    public async Task LoadAsync_ARequestStillRunsOnTheOldVersion_ItIsAnsweredByIt()
    {
        FakeLoader.Publish(folders, Model, "v1", 2);
        FakeLoader.Publish(folders, Model, "v2", 3);
        await LoadAsync("v1");
        var lease = catalog.TryLease(Model)!;
        var swap = LoadAsync("v2");
        await TimeLimit.UntilAsync(() => Task.FromResult(catalog.Find(Model)!.Split.Main == "v2"), "the swap");

        Assert.False(swap.IsCompleted);
        Assert.Equal(20, await AskAsync(lease, 10));
        lease.Dispose();
        await swap.WithinAsync("the drain");
        Assert.Equal(0, loader.Alive["scale/v1"]);
    }

    [Fact]
    public async Task LoadAsync_TwentySwapsUnderLoad_NoRequestFails()
    {
        for (var version = 0; version <= 20; version++)
        {
            FakeLoader.Publish(folders, Model, $"v{version}", 1);
        }

        await LoadAsync("v0");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var callers = Enumerable.Range(0, 8).Select(async _ =>
        {
            var asked = 0;
            while (!stop.IsCancellationRequested)
            {
                Assert.Equal(7, await AskAsync(7));
                asked++;
            }

            return asked;
        }).ToList();
        for (var version = 1; version <= 20; version++)
        {
            Assert.Equal(RegistryRejection.None, (await LoadAsync($"v{version}")).Rejection);
        }

        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(callers).WithinAsync("the callers"), asked => Assert.True(asked > 0));
        Assert.Equal(1, loader.Alive.Where(alive => alive.Key.Length > 0).Sum(alive => alive.Value));
    }

    [Fact]
    public async Task SetTrafficAsync_ASplit_SendsEachLearnerToOneVersion()
    {
        FakeLoader.Publish(folders, Model, "v1", 2);
        FakeLoader.Publish(folders, Model, "v2", 3);
        await LoadAsync("v1");

        Assert.Equal(RegistryRejection.NotReady, (await models.SetTrafficAsync(Model, [("v1", 500_000), ("v2", 500_000)], [])).Rejection);
        await models.LoadAsync(Model, "v2", Plainly with { WithoutTraffic = true });
        Assert.Equal(RegistryRejection.None, (await models.SetTrafficAsync(Model, [("v1", 500_000), ("v2", 500_000)], [])).Rejection);

        var versions = Enumerable.Range(0, 200).Select(learner => VersionFor($"learner-{learner}")).ToList();
        Assert.Equal(versions, Enumerable.Range(0, 200).Select(learner => VersionFor($"learner-{learner}")));
        Assert.InRange(versions.Count(version => version == "v1"), 60, 140);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await models.DisposeAsync();
        shadows.Dispose();
        directory.Dispose();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<float> AskAsync(ModelLease lease, float number) =>
        (await lease.Model.InferAsync(FakeLoader.Inputs(number), Priority.Interactive, DateTimeOffset.MaxValue, Token).WithinAsync("an answer")).Outputs[0].Floats[0];

    private async Task<float> AskAsync(float number)
    {
        using var lease = catalog.TryLease(Model);
        Assert.NotNull(lease);
        return await AskAsync(lease, number);
    }

    private string VersionFor(string learner)
    {
        using var lease = catalog.TryLease(Model, key: learner);
        return lease!.Card.Version;
    }

    private Task<RegistryOutcome> LoadAsync(string version) => models.LoadAsync(Model, version, Plainly).WithinAsync($"loading {version}");

    private IEnumerable<(string, VersionState, int)> Standing() => catalog.List().Select(status => (status.Version, status.State, status.TrafficPpm));
}
