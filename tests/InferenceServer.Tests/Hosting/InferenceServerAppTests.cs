using Google.Protobuf;
using Grpc.Core;
using KpGrpc.Protos.Catalog.V1;
using KpGrpc.Protos.Event.V1;
using KpGrpc.Protos.Inference;
using KpGrpc.Protos.Model.V1;
using KpGrpc.Protos.Profile.V1;
using KpGrpc.Protos.Recommendation.V1;
using KpGrpc.Protos.Strategy.V1;
using KpGrpc.Testing;

namespace KpGrpc.InferenceServer.Tests.Hosting;

public sealed class InferenceServerAppTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    [Fact]
    public async Task Recommend_AfterAnEvent_ChangesAndNamesTheReason()
    {
        await using var server = await RunningServer.StartAsync(folder);
        await server.UpsertAsync([.. new[] { "a", "b", "c", "d" }.Select(id => RunningServer.Work(id, $"Work {id}"))]);
        await server.RecordAsync([.. Enumerable.Range(0, 6).SelectMany(n => new[] { RunningServer.Enrolment($"u{n}", "a", 1), RunningServer.Enrolment($"u{n}", n < 5 ? "b" : "c", 2) })]);
        await TrainedAsync(server, 12);

        var before = await server.RecommendAsync("new");
        await server.RecordAsync(RunningServer.Enrolment("new", "a", 9));
        var after = await server.RecommendAsync("new");

        Assert.Equal(["a", "b", "c", "d"], before.Results.Select(work => work.WorkId));
        Assert.All(before.Results, work => Assert.Equal(RecommendationPath.Popular, work.Path));
        Assert.Equal(["b", "c", "d"], after.Results.Select(work => work.WorkId));
        Assert.Equal(RecommendationPath.Counts, after.Results[0].Path);
        Assert.Equal("a", after.Results[0].Reasons[0].BecauseWorkId);
        Assert.Equal("Because you took “Work a”", after.Results[0].Explanation);
        Assert.True(after.ProfileVersion > before.ProfileVersion);
    }

    [Fact]
    public async Task Recommend_UnpublishedAndHidden_NeverComeAndTheCountIsFull()
    {
        await using var server = await RunningServer.StartAsync(folder);
        var unpublished = RunningServer.Work("b");
        unpublished.Published = false;
        await server.UpsertAsync(RunningServer.Work("a"), unpublished, RunningServer.Work("c"), RunningServer.Work("d"));

        var list = await server.RecommendAsync("u", 2, new RecommendationFilter { HiddenWorkIds = { "a" } });

        Assert.Equal(["c", "d"], list.Results.Select(work => work.WorkId));
    }

    [Theory]
    [InlineData("Storage:WorksMax=1")]
    [InlineData("Storage:CatalogBytesMax=1024")]
    public async Task UpsertWorks_BeyondALastingBound_IsRefusedWithoutRetryInfo(string setting)
    {
        await using var server = await RunningServer.StartAsync(folder, setting);

        var failure = await Assert.ThrowsAsync<RpcException>(() => server.UpsertAsync([.. Enumerable.Range(0, 30).Select(n => RunningServer.Work($"w{n}"))]));

        Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
        Assert.Contains(setting.Split('=')[0], failure.Status.Detail, StringComparison.Ordinal);
        Assert.Null(failure.GetRpcStatus()?.GetDetail<Google.Rpc.RetryInfo>());
        Assert.NotNull(failure.GetRpcStatus()?.GetDetail<Google.Rpc.ErrorInfo>());
    }

    [Fact]
    public async Task RecordEvents_RepeatedConflictingAndMalformed_AreCountedApart()
    {
        await using var server = await RunningServer.StartAsync(folder);
        var good = RunningServer.Enrolment("u", "a", 1);
        var conflicting = good.Clone();
        conflicting.WorkId = "b";
        var malformed = RunningServer.Enrolment("u", "a", 2);
        malformed.Kind = EventKind.Rating;
        var future = RunningServer.Enrolment("u", "a", 3);
        future.OccurredAt.Seconds = 9_000_000_000;

        var answer = await server.RecordAsync(good, good, conflicting, malformed, future);

        Assert.Equal((1UL, 1UL, 3UL), (answer.Accepted, answer.Duplicates, answer.Rejected));
        Assert.Equal([(2UL, EventRejectionReason.Conflict), (3UL, EventRejectionReason.Invalid), (4UL, EventRejectionReason.InFuture)], answer.Rejections.OrderBy(entry => entry.Index).Select(entry => (entry.Index, entry.Reason)));
        Assert.Contains("rating", answer.Rejections.Single(entry => entry.Index == 3).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restart_WithAnEmptyRedis_KeepsCatalogueEventsAndHistories()
    {
        await using (var server = await RunningServer.StartAsync(folder))
        {
            await server.UpsertAsync(RunningServer.Work("a"), RunningServer.Work("b"));
            await server.RecordAsync(RunningServer.Enrolment("u", "a", 1));
        }

        Directory.Delete(folder.Combine("redis"), recursive: true);
        await using var again = await RunningServer.StartAsync(folder);
        var repeated = await again.RecordAsync(RunningServer.Enrolment("u", "a", 1));

        Assert.Equal((0UL, 1UL), (repeated.Accepted, repeated.Duplicates));
        Assert.Equal(["b"], (await again.RecommendAsync("u")).Results.Select(work => work.WorkId));
    }

    [Fact]
    public async Task UpsertWorks_SameKey_GivesTheFirstAnswerAndRefusesAnotherBodyAlsoAfterARestart()
    {
        var request = new UpsertWorksRequest { IdempotencyKey = ByteString.CopyFrom(new byte[16]), Works = { RunningServer.Work("a") } };
        var other = new UpsertWorksRequest { IdempotencyKey = request.IdempotencyKey, Works = { RunningServer.Work("b") } };
        await using (var server = await RunningServer.StartAsync(folder))
        {
            Assert.Equal(1u, (await Catalogue(server).UpsertWorksAsync(request, RunningServer.Call)).Created);
        }

        await using var again = await RunningServer.StartAsync(folder);

        Assert.Equal(1u, (await Catalogue(again).UpsertWorksAsync(request, RunningServer.Call)).Created);
        var failure = await Assert.ThrowsAsync<RpcException>(async () => await Catalogue(again).UpsertWorksAsync(other, RunningServer.Call));
        Assert.Equal(StatusCode.AlreadyExists, failure.StatusCode);
        Assert.Equal((0u, 1u), await CountsAsync(again, RunningServer.Work("a", "New title")));
    }

    [Fact]
    public async Task SearchWorks_PageByPage_GivesEveryHitOnceInOrder()
    {
        await using var server = await RunningServer.StartAsync(folder);
        await server.UpsertAsync([.. Enumerable.Range(0, 7).Select(n => RunningServer.Work($"w{n}", n == 3 ? "Python" : "Python and more"))]);
        var found = new List<string>();
        var request = new SearchWorksRequest { Query = "python", PageSize = 3 };
        do
        {
            var page = await Catalogue(server).SearchWorksAsync(request, RunningServer.Call);
            found.AddRange(page.Hits.Select(hit => hit.Work.WorkId));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(["w0", "w1", "w2", "w3", "w4", "w5", "w6"], found);
    }

    [Fact]
    public async Task GetProfile_AfterEvents_HasInterestsWorksAndCounts()
    {
        await using var server = await RunningServer.StartAsync(folder);
        await server.UpsertAsync(RunningServer.Work("a"));
        await server.RecordAsync(RunningServer.Enrolment("u", "a", 1), RunningServer.Enrolment("u", "x", 2));
        var client = new ProfileService.ProfileServiceClient(server.Server.Channel);

        var profile = (await client.GetProfileAsync(new GetProfileRequest { LearnerId = "u" }, RunningServer.Call)).Profile;
        var batch = await client.BatchGetProfilesAsync(new BatchGetProfilesRequest { LearnerIds = { "nobody", "u" } }, RunningServer.Call);

        Assert.Equal(1, Assert.Single(profile.Interests).Weight);
        Assert.Equal(["x", "a"], profile.RecentWorks.Select(work => work.WorkId));
        Assert.Equal(2UL, Assert.Single(profile.EventCounts).Count);
        Assert.Equal(["nobody"], batch.MissingLearnerIds);
        Assert.Equal("u", Assert.Single(batch.Profiles).LearnerId);
        var failure = await Assert.ThrowsAsync<RpcException>(async () => await client.GetProfileAsync(new GetProfileRequest { LearnerId = "nobody" }, RunningServer.Call));
        Assert.Equal(StatusCode.NotFound, failure.StatusCode);
    }

    [Fact]
    public async Task Call_NotServedYet_IsUnimplementedByName()
    {
        await using var server = await RunningServer.StartAsync(folder);
        var client = new StrategyService.StrategyServiceClient(server.Server.Channel);

        var failure = await Assert.ThrowsAsync<RpcException>(async () => await client.SimulateStrategyAsync(new SimulateStrategyRequest(), RunningServer.Call));

        Assert.Equal(StatusCode.Unimplemented, failure.StatusCode);
        Assert.Contains("SimulateStrategy", failure.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServerReady_AndReadiness_AgreeOnceTheModelServes()
    {
        await using var server = await RunningServer.StartAsync(folder);
        var client = new GRPCInferenceService.GRPCInferenceServiceClient(server.Server.Channel);
        using var http = new HttpClient { BaseAddress = server.Server.HttpAddress };

        await TimeLimit.UntilAsync(
            async () => (await client.ServerReadyAsync(new ServerReadyRequest(), RunningServer.Call)).Ready
                && (await http.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken)).IsSuccessStatusCode,
            "readiness");
        Assert.True((await client.ModelReadyAsync(new ModelReadyRequest { Name = "counts" }, RunningServer.Call)).Ready);
    }

    [Fact]
    public async Task UpsertWorks_ManyFaults_AreNamedAllAtOnce()
    {
        await using var server = await RunningServer.StartAsync(folder);
        var bad = RunningServer.Work("not an id");
        bad.Price = null;

        var failure = await Assert.ThrowsAsync<RpcException>(async () => await Catalogue(server).UpsertWorksAsync(new UpsertWorksRequest { Works = { bad } }, RunningServer.Call));

        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        Assert.All(["idempotency_key", "works[0].work_id", "works[0].price"], field => Assert.Contains(field, failure.Status.Detail, StringComparison.Ordinal));
    }

    public void Dispose() => folder.Dispose();

    private static CatalogService.CatalogServiceClient Catalogue(RunningServer server) => new(server.Server.Channel);

    private static async Task<(uint Created, uint Updated)> CountsAsync(RunningServer server, Work work)
    {
        var answer = await server.UpsertAsync(work);
        return (answer.Created, answer.Updated);
    }

    private static Task TrainedAsync(RunningServer server, double interactions) => TimeLimit.UntilAsync(
        async () => (await new ModelService.ModelServiceClient(server.Server.Channel).ListModelsAsync(new ListModelsRequest(), RunningServer.Call))
            .Models.Single().Metrics.Single(metric => metric.Name == "interactions").Value >= interactions,
        "the training");
}
