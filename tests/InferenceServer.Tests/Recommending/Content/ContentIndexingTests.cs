using KpGrpc.InferenceServer.Batching;
using KpGrpc.InferenceServer.Catalog;
using KpGrpc.InferenceServer.Models.Content;
using KpGrpc.InferenceServer.Recommending;
using KpGrpc.InferenceServer.Recommending.Content;
using KpGrpc.InferenceServer.Recommending.Scoring;
using KpGrpc.InferenceServer.Storage;
using KpGrpc.InferenceServer.Tests.Catalog;
using KpGrpc.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace KpGrpc.InferenceServer.Tests.Recommending.Content;

public sealed class ContentIndexingTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();
    private readonly KnownWorks known = new();
    private readonly WorkStore store;
    private readonly ContentIndexing indexing;

    public ContentIndexingTests()
    {
        store = new WorkStore(
            Options.Create(new StorageOptions { Directory = folder.Path }), _ => SomeWorks.Of("never read"), TimeProvider.System, NullLogger<WorkStore>.Instance);
        indexing = new ContentIndexing(store, new Scorers([known]), Options.Create(new ContentOptions()), TimeProvider.System, NullLogger<ContentIndexing>.Instance);
    }

    [Fact]
    public void Follow_WorksThatComeChangeAndGo_HaveTheVectorOfTheirTexts()
    {
        Upsert(Enumerable.Range(0, 300).Select(n => SomeWorks.Of($"w{n}", $"title {n} of many")));
        indexing.Follow(CancellationToken.None);
        var before = VectorOf("w7")!;
        Upsert([SomeWorks.Of("w7", "another title") with { Body = new byte[] { 1 } }]);
        store.Delete(Guid.NewGuid().ToByteArray(), new byte[32], ["w8"]);

        indexing.Follow(CancellationToken.None);

        Assert.Null(VectorOf("w8"));
        Assert.True(VectorOf("w7")!.Likeness(before) < 0.9f);
        Assert.All(Enumerable.Range(0, 300).Except([8]), n => Assert.Equal(Expected($"w{n}").Features, VectorOf($"w{n}")!.Features));
    }

    [Fact]
    public void Current_BeforeTheFirstWork_HasNoVersionAndAfterItOne()
    {
        indexing.Follow(CancellationToken.None);
        var before = indexing.Current.Version;
        Upsert([SomeWorks.Of("a")]);
        indexing.Follow(CancellationToken.None);

        Assert.Equal((0, 1), (before, indexing.Current.Version));
    }

    [Fact]
    public void Follow_ACatalogueThatDoubles_CountsRarityAnewAndMissesNoWork()
    {
        var versions = new HashSet<int>();
        for (var n = 0; n < 400; n += 25)
        {
            Upsert(Enumerable.Range(n, 25).Select(at => SomeWorks.Of($"w{at}", $"title {at}")));
            indexing.Follow(CancellationToken.None);
            versions.Add(indexing.Current.Version);
            Assert.All(Enumerable.Range(0, n + 25), at => Assert.NotNull(VectorOf($"w{at}")));
        }

        Assert.InRange(versions.Count, 3, 8);
        Assert.True(indexing.Current.Index.Rarity.Works >= 150);
    }

    [Fact]
    public void Follow_AWorkThatAModelComesToKnow_IsColdNoLonger()
    {
        known.Version = "1";
        known.Works.UnionWith(["tea", "wine"]);
        Upsert([SomeWorks.Of("tea", "Tea from Yunnan"), SomeWorks.Of("wine", "Wine from France"), SomeWorks.Of("tea-2", "Tea from Fujian")]);

        indexing.Follow(CancellationToken.None);
        float[] scores = [1, 0, 0];
        indexing.Current.Cold.Score(scores);
        var carrier = indexing.Current.Cold.CarrierOf(2, scores);
        known.Version = "2";
        known.Works.Add("tea-2");
        indexing.Follow(CancellationToken.None);

        Assert.InRange(scores[2], 0.05f, 0.8f);
        Assert.Equal(0, carrier);
        Assert.Equal(0, indexing.Current.Cold.Count);
    }

    public void Dispose()
    {
        indexing.Dispose();
        store.Dispose();
        folder.Dispose();
    }

    private void Upsert(IEnumerable<Work> works) => store.Upsert(Guid.NewGuid().ToByteArray(), new byte[32], [.. works]);

    private ContentVector? VectorOf(string id) => indexing.Current.Index.VectorOf(store.Table.RowOf(id));

    private ContentVector Expected(string id) =>
        indexing.Current.Index.Rarity.Vector(WorkFeatures.Of(store.Table.Find(id)!, new ContentOptions()), new ContentOptions().FeaturesMax);

    private sealed class KnownWorks : IScorerSource, IWorkScorer
    {
        public HashSet<string> Works { get; } = [];

        public string Model => "known";

        public string Version { get; set; } = "0";

        public RankPath Path => RankPath.Transformer;

        public BatchFacts? Batch => null;

        public IWorkScorer For(string learnerId, ScoringTerms terms) => this;

        public IWorkScorer? Find(string version, ScoringTerms terms) => null;

        public bool Knows(string workId) => Works.Contains(workId);

        public ValueTask ScoreAsync(WorkTable table, IReadOnlyList<string> trail, Memory<float> scores, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask<IReadOnlyList<(string WorkId, double Share)>> ExplainAsync(IReadOnlyList<string> trail, string workId, int most, CancellationToken cancellationToken) =>
            ValueTask.FromResult<IReadOnlyList<(string WorkId, double Share)>>([]);

        public void Dispose()
        {
        }
    }
}
