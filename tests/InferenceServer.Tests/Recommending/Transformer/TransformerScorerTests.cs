using KpGrpc.InferenceServer.Evaluation;
using KpGrpc.InferenceServer.Models.Sequence.Serving;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Tests.Hosting;
using KpGrpc.InferenceServer.Tests.Models.Sequence.Serving;
using KpGrpc.Protos.Inference;
using KpGrpc.Protos.Model.V1;
using KpGrpc.Protos.Recommendation.V1;
using KpGrpc.Testing;

namespace KpGrpc.InferenceServer.Tests.Recommending.Transformer;

public sealed class TransformerScorerTests
{
    [Fact]
    public async Task ScoreAsync_APublishedTransformer_RecommendsAndSaysItsBatch()
    {
        using var folder = new TemporaryDirectory();
        using (var model = SmallModel.Make(30))
        {
            SequencePublishing.Publish(new ModelFolders(folder.Combine("models")), model, "recommender", "v1", "test", new RankingMetrics(0.3, 0.2, 10), null, DateTimeOffset.UnixEpoch);
        }

        await using var server = await RunningServer.StartAsync(folder);
        var open = new GRPCInferenceService.GRPCInferenceServiceClient(server.Server.Channel);
        await TimeLimit.UntilAsync(async () => (await open.ServerReadyAsync(new ServerReadyRequest(), RunningServer.Call)).Ready, "readiness");
        await server.UpsertAsync([.. Enumerable.Range(0, 30).Select(work => RunningServer.Work($"w{work}"))]);
        await server.RecordAsync(RunningServer.Enrolment("anna", "w3", 1), RunningServer.Enrolment("anna", "w6", 2));

        var call = server.Recommendations.RecommendAsync(new RecommendRequest { LearnerId = "anna", Count = 5 }, RunningServer.Call);
        var list = (await call).List;

        Assert.Equal(5, list.Results.Count);
        Assert.All(list.Results, result => Assert.Equal((RecommendationPath.Transformer, "recommender", "v1"), (result.Path, result.Model.Name, result.Model.Version)));
        Assert.DoesNotContain(list.Results, result => result.WorkId is "w3" or "w6");
        Assert.Equal("recommender/v1", call.GetTrailers().GetValue("kp-model"));
        Assert.Equal("1", call.GetTrailers().GetValue("kp-batch-rows"));

        var bulk = await server.Recommendations.BatchRecommendAsync(new BatchRecommendRequest { LearnerIds = { "anna", "new" }, Count = 5 }, RunningServer.Call);
        Assert.Equal(list.Results.Select(result => result.WorkId), bulk.Lists[0].Results.Select(result => result.WorkId));
        Assert.Equal(5, bulk.Lists[1].Results.Count);

        var counts = await server.Recommendations.RecommendAsync(new RecommendRequest { LearnerId = "anna", Model = new ModelRef { Name = "counts" } }, RunningServer.Call);
        Assert.DoesNotContain(counts.List.Results, result => result.Path == RecommendationPath.Transformer);
    }
}
