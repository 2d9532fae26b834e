using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using KpGrpc.InferenceServer.Recommending.Content;
using KpGrpc.InferenceServer.Tests.Hosting;
using KpGrpc.Protos.Catalog.V1;
using KpGrpc.Protos.Event.V1;
using KpGrpc.Protos.Recommendation.V1;
using KpGrpc.Protos.Type.V1;
using KpGrpc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KpGrpc.InferenceServer.Tests.Recommending;

public sealed class RecommenderTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    [Fact]
    public async Task Recommend_AnyFilter_GivesTheBestOfAllThatPassAndAsManyAsExist()
    {
        var random = new Random(11);
        await using var server = await RunningServer.StartAsync(folder);
        var works = Enumerable.Range(0, 70).Select(n => Any($"w{n:D2}", random)).ToArray();
        await server.UpsertAsync(works);
        await server.RecordAsync([.. Enumerable.Range(0, 400).Select(n => RunningServer.Enrolment($"u{n / 10}", $"w{random.Next(50):D2}", n))]);
        await TrainedAsync(server, 40);
        await SettledAsync(server, works.Length);
        var now = TimeProvider.System.GetUtcNow();

        for (var round = 0; round < 60; round++)
        {
            var learner = round % 4 == 0 ? "nobody" : $"u{random.Next(40)}";
            var filter = AnyFilter(random);
            var count = (uint)random.Next(1, 30);
            // All that may be offered at all, in the server's order; then the filter by hand.
            var all = (await server.RecommendAsync(learner, 100, new RecommendationFilter { IncludeOwned = true })).Results.Select(work => work.WorkId);
            var taken = filter.IncludeOwned ? [] : (await server.RecommendAsync(learner, 100)).Results.Select(work => work.WorkId).ToHashSet();
            var passing = all.Where(id => (filter.IncludeOwned || taken.Contains(id)) && Passes(works.Single(work => work.WorkId == id), filter, now));

            var list = await server.RecommendAsync(learner, count, filter);

            Assert.Equal(passing.Take((int)count), list.Results.Select(work => work.WorkId));
            Assert.Equal(list.Results.OrderByDescending(work => work.Score).ThenBy(work => work.WorkId, StringComparer.Ordinal), list.Results);
        }
    }

    [Fact]
    public async Task Recommend_AColdWork_ComesThroughItsNeighbourWithinSecondsAndSaysSo()
    {
        await using var server = await RunningServer.StartAsync(folder);
        await server.UpsertAsync(
            Titled("python", "Python for beginners"), Titled("statistics", "Statistics with examples"), Titled("baking", "Baking bread"), Titled("wine", "Tasting wine"));
        await server.RecordAsync([.. Enumerable.Range(0, 6).SelectMany(n => new[] { RunningServer.Enrolment($"u{n}", "statistics", 1), RunningServer.Enrolment($"u{n}", "python", 2) })]);
        await server.RecordAsync(RunningServer.Enrolment("baker", "baking", 1), RunningServer.Enrolment("baker", "wine", 2));
        await TrainedAsync(server, 7);
        await server.RecordAsync(RunningServer.Enrolment("new", "statistics", 9));

        await server.UpsertAsync(Titled("python-2", "Python for beginners, the second course"));

        RecommendationList list = new();
        await TimeLimit.UntilAsync(
            async () => (list = await server.RecommendAsync("new")).Results.Any(work => work is { WorkId: "python-2", Path: RecommendationPath.Content }), "the cold work");
        Assert.Equal(["python", "python-2"], list.Results.Take(2).Select(work => work.WorkId));
        var cold = list.Results[1];
        Assert.Equal(("content", "statistics"), (cold.Model.Name, Assert.Single(cold.Reasons).BecauseWorkId));
        Assert.True(list.Results[0].Score > cold.Score && cold.Score > 0);
        Assert.Equal("Because it is like “Statistics with examples”", cold.Explanation);
    }

    [Theory]
    [InlineData("I would like to learn PYTHON and data analysis", "python")]
    [InlineData("我想学红酒品鉴", "wine")]
    public async Task Recommend_AColdLearner_FollowsWhatSheSaysOfHerself(string text, string expected)
    {
        await using var server = await StartWithContentAsync(Titled("python", "Python in practice"), Titled("wine", "红酒品鉴入门"), Titled("law", "Contract law"));

        var said = await server.Recommendations.RecommendAsync(
            new RecommendRequest { LearnerId = "cold", Context = new RecommendationContext { ProfileText = text } }, RunningServer.Call);
        await server.RecordAsync(Declaration("cold", text));
        var remembered = await server.RecommendAsync("cold");

        Assert.Equal((expected, RecommendationPath.Content), (said.List.Results[0].WorkId, said.List.Results[0].Path));
        Assert.Equal(3, said.List.Results.Count);
        Assert.Equal((expected, RecommendationPath.Content), (remembered.Results[0].WorkId, remembered.Results[0].Path));
        Assert.Equal("Because of what you told about yourself", remembered.Results[0].Explanation);
    }

    [Fact]
    public async Task Recommend_PreferredFields_ComeFirstAndTheRestBehind()
    {
        var (health, finance) = (RunningServer.Work("z-health"), RunningServer.Work("y-finance"));
        (health.Field, finance.Field) = (KnowledgeField.Health, KnowledgeField.Finance);
        await using var server = await StartWithContentAsync(RunningServer.Work("a"), health, finance);

        var answer = await server.Recommendations.RecommendAsync(
            new RecommendRequest { LearnerId = "cold", Context = new RecommendationContext { PreferredFields = { KnowledgeField.Health, KnowledgeField.Finance } } }, RunningServer.Call);

        Assert.Equal(["y-finance", "z-health", "a"], answer.List.Results.Select(work => work.WorkId).Order(StringComparer.Ordinal).OrderBy(id => id == "a"));
        Assert.Equal("a", answer.List.Results[2].WorkId);
    }

    [Fact]
    public async Task Recommend_AWorkOfTheSession_CountsAsTheNewest()
    {
        await using var server = await StartWithContentAsync(Titled("tea", "Tea from Yunnan"), Titled("tea-2", "Tea from Fujian"), Titled("law", "Contract law"));

        var answer = await server.Recommendations.RecommendAsync(
            new RecommendRequest { LearnerId = "cold", Context = new RecommendationContext { SessionWorkIds = { "unknown", "tea" } } }, RunningServer.Call);

        Assert.Equal("tea-2", answer.List.Results[0].WorkId);
        Assert.Equal("tea", Assert.Single(answer.List.Results[0].Reasons).BecauseWorkId);
    }

    [Fact]
    public async Task Recommend_OneOfAProducer_FillsTheListFromOthers()
    {
        var works = Enumerable.Range(0, 120).Select(n => RunningServer.Work($"w{n:D3}")).ToArray();
        works.Take(100).ToList().ForEach(work => work.ProducerId = "big");
        await using var server = await StartWithContentAsync(works);

        var answer = await server.Recommendations.RecommendAsync(new RecommendRequest { LearnerId = "u", Count = 20, PerProducerMax = 1 }, RunningServer.Call);

        Assert.Equal(20, answer.List.Results.Count);
        Assert.Equal(["w000", "w100", "w101"], answer.List.Results.Take(3).Select(work => work.WorkId));
    }

    [Fact]
    public async Task ExplainRecommendation_EveryWork_HasTheRankOfTheListOrTheReasonItIsKeptOut()
    {
        await using var server = await StartWithContentAsync([.. "abcdef".Select(id => Titled($"{id}", $"Title {id}"))]);
        var others = Enumerable.Range(0, 8).SelectMany(n => new[] { RunningServer.Enrolment($"u{n}", "a", 1), RunningServer.Enrolment($"u{n}", n < 5 ? "b" : "c", 2), RunningServer.Enrolment($"u{n}", "d", 3) });
        await server.RecordAsync([.. others, RunningServer.Enrolment("new", "a", 9), RunningServer.Enrolment("new", "b", 10)]);
        await TrainedAsync(server, 9);
        await SettledAsync(server, 6);
        var filter = new RecommendationFilter { HiddenWorkIds = { "e" } };
        var list = (await server.RecommendAsync("new", 10, filter)).Results;

        foreach (var listed in list)
        {
            var explained = await ExplainAsync(server, listed.WorkId, filter);
            Assert.Equal((listed.Rank, listed.Score, listed.Path), (explained.Work.Rank, explained.Work.Score, explained.Work.Path));
            Assert.Equal(ExclusionReason.Unspecified, explained.Exclusion);
        }

        Assert.Equal(["a", "b"], (await ExplainAsync(server, "d", filter)).Work.Reasons.Select(reason => reason.BecauseWorkId).Order());
        Assert.Equal((0u, ExclusionReason.Hidden), ((await ExplainAsync(server, "e", filter)).Work.Rank, (await ExplainAsync(server, "e", filter)).Exclusion));
        Assert.Equal(ExclusionReason.Owned, (await ExplainAsync(server, "a", filter)).Exclusion);
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => ExplainAsync(server, "nothing", filter))).StatusCode);
    }

    public void Dispose() => folder.Dispose();

    private static Work Titled(string id, string title) => RunningServer.Work(id, title);

    private static Event Declaration(string learner, string text)
    {
        var entry = RunningServer.Enrolment(learner, "x", 1);
        (entry.Kind, entry.WorkId, entry.Declaration) = (EventKind.Declaration, "", new Declaration { Text = text });
        return entry;
    }

    private static Work Any(string id, Random random)
    {
        var work = RunningServer.Work(id, $"Title {id}");
        work.Field = (KnowledgeField)random.Next(1, 4);
        work.Kind = (WorkKind)random.Next(1, 4);
        work.LanguageTag = random.Next(2) == 0 ? "en" : "zh-CN";
        work.Price.MinorUnits = random.Next(5) * 100;
        work.Published = random.Next(8) > 0;
        work.Unlicensed = random.Next(8) == 0;
        work.AvailableUntil = random.Next(6) == 0 ? new Timestamp { Seconds = random.Next(2) == 0 ? 1_000 : 99_000_000_000 } : null;
        return work;
    }

    private static RecommendationFilter AnyFilter(Random random)
    {
        var filter = new RecommendationFilter { IncludeOwned = random.Next(2) == 0 };
        filter.Fields.AddRange(Enumerable.Range(1, 3).Where(_ => random.Next(3) == 0).Select(field => (KnowledgeField)field));
        filter.Kinds.AddRange(Enumerable.Range(1, 3).Where(_ => random.Next(4) == 0).Select(kind => (WorkKind)kind));
        filter.LanguageTags.AddRange(random.Next(3) == 0 ? ["zh"] : []);
        filter.HiddenWorkIds.AddRange(Enumerable.Range(0, random.Next(10)).Select(_ => $"w{random.Next(70):D2}"));
        filter.PriceMax = random.Next(3) == 0 ? new Money { MinorUnits = 200, CurrencyCode = "EUR", Exponent = 2 } : null;
        return filter;
    }

    private static bool Passes(Work work, RecommendationFilter filter, DateTimeOffset now) =>
        work is { Published: true, Unlicensed: false } && (work.AvailableUntil is null || work.AvailableUntil.ToDateTimeOffset() > now)
        && (filter.Fields.Count == 0 || filter.Fields.Contains(work.Field))
        && (filter.Kinds.Count == 0 || filter.Kinds.Contains(work.Kind))
        && (filter.LanguageTags.Count == 0 || work.LanguageTag == "zh-CN")
        && !filter.HiddenWorkIds.Contains(work.WorkId)
        && (filter.PriceMax is null || work.Price.MinorUnits <= 200);

    private static Task TrainedAsync(RunningServer server, int learners) => TimeLimit.UntilAsync(
        () => Task.FromResult(server.Server.Services.GetRequiredService<InferenceServer.Recommending.CountsTraining>().Current.Learners >= learners), "the training");

    /// <summary>Waits until every work that no learner took up has its neighbours, so that answers stay the same.</summary>
    private static Task SettledAsync(RunningServer server, int works) => TimeLimit.UntilAsync(
        () => Task.FromResult(server.Server.Services.GetRequiredService<ContentIndexing>().Current.Cold.Count
            == works - server.Server.Services.GetRequiredService<InferenceServer.Recommending.CountsTraining>().Current.WorkIds.Count),
        "the neighbours of cold works");

    private static async Task<ExplainRecommendationResponse> ExplainAsync(RunningServer server, string work, RecommendationFilter filter) =>
        await server.Recommendations.ExplainRecommendationAsync(new ExplainRecommendationRequest { LearnerId = "new", WorkId = work, Filter = filter }, RunningServer.Call);

    private async Task<RunningServer> StartWithContentAsync(params Work[] works)
    {
        var server = await RunningServer.StartAsync(folder);
        await server.UpsertAsync(works);
        await TimeLimit.UntilAsync(
            () => Task.FromResult(server.Server.Services.GetRequiredService<ContentIndexing>().Current.Index.VectorOf(works.Length - 1) is not null), "the content of the works");
        return server;
    }
}
