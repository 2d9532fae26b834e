using Google.Protobuf.WellKnownTypes;
using KpGrpc.InferenceServer.Batching;
using KpGrpc.InferenceServer.Catalog;
using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Histories;
using KpGrpc.InferenceServer.Profiles;
using KpGrpc.InferenceServer.Recommending;
using KpGrpc.InferenceServer.Recommending.Scoring;
using KpGrpc.InferenceServer.Services;
using KpGrpc.Protos.Profile.V1;

namespace KpGrpc.InferenceServer.Tests.Services;

public sealed class ProfileJoinTests
{
    private static readonly LearnerHistory History = new([new HistoryEntry("w", EventKind.Enrol, 1, null)], new Dictionary<EventKind, long>(), 1)
    {
        Texts =
        [
            new LearnerText(EventKind.Declaration, "a nurse in Hangzhou", [], 1),
            new LearnerText(EventKind.Search, "python", [], 2),
            new LearnerText(EventKind.Declaration, "", [3], 3),
            new LearnerText(EventKind.Rating, "good for a nurse", [], 4),
        ],
    };

    [Fact]
    public async Task AddAsync_TextsOfHerOwn_GivesEachTagOnceByScoreAndNamesTheModels()
    {
        var profile = await Join().AddAsync(new UserProfile { LearnerId = "u" }, History, null, TestContext.Current.CancellationToken);

        Assert.Equal([("address", "Hangzhou", 0.9), ("position", "nurse", 0.9)], profile.Tags.Select(tag => (tag.Label, tag.Text, tag.Score)));
        Assert.Equal(["tagger"], profile.Models.Select(model => model.Name));
        Assert.Null(profile.RecommenderState);
    }

    [Fact]
    public async Task AddAsync_MaskThatNamesTheState_GivesItWithItsModelAndNoTags()
    {
        var mask = new FieldMask { Paths = { "recommender_state.vector", "version" } };

        var profile = await Join().AddAsync(new UserProfile { LearnerId = "u" }, History, mask, TestContext.Current.CancellationToken);

        Assert.Equal([1f, 2f], profile.RecommenderState.Vector);
        Assert.Equal((1u, "sequence"), (profile.RecommenderState.HistoryLength, profile.RecommenderState.Model.Name));
        Assert.Empty(profile.Tags);
    }

    [Fact]
    public async Task AddAsync_NoTagger_IsAProfileWithoutTags() =>
        Assert.Empty((await new ProfileJoin([], new Scorers([])).AddAsync(new UserProfile(), History, null, TestContext.Current.CancellationToken)).Tags);

    private static ProfileJoin Join() => new([new NurseTagger()], new Scorers([new OneScorer()]));

    private sealed class NurseTagger : ILearnerTagger
    {
        public ValueTask<LearnerTags?> TagAsync(IReadOnlyList<LearnerText> texts, CancellationToken cancellationToken)
        {
            Assert.Equal(["a nurse in Hangzhou", "good for a nurse"], texts.Select(text => text.Words));
            return ValueTask.FromResult<LearnerTags?>(new LearnerTags(
                [new LearnerTag("position", "nurse", 0.8), new LearnerTag("address", "Hangzhou", 0.9), new LearnerTag("position", "nurse", 0.9)], "tagger", "1"));
        }
    }

    private sealed class OneScorer : IScorerSource, IWorkScorer
    {
        public string Model => "sequence";

        public string Version => "7";

        public RankPath Path => RankPath.Transformer;

        public BatchFacts? Batch => null;

        public IWorkScorer For(string learnerId, ScoringTerms terms) => this;

        public IWorkScorer? Find(string version, ScoringTerms terms) => null;

        public bool Knows(string workId) => true;

        public ValueTask ScoreAsync(WorkTable table, IReadOnlyList<string> trail, Memory<float> scores, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask<IReadOnlyList<(string WorkId, double Share)>> ExplainAsync(IReadOnlyList<string> trail, string workId, int most, CancellationToken cancellationToken) =>
            ValueTask.FromResult<IReadOnlyList<(string WorkId, double Share)>>([]);

        public ValueTask<float[]?> StateAsync(IReadOnlyList<string> trail, CancellationToken cancellationToken) => ValueTask.FromResult<float[]?>([1, 2]);

        public void Dispose()
        {
        }
    }
}
