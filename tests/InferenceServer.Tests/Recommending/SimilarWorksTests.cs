using Grpc.Core;
using KpGrpc.InferenceServer.Recommending.Content;
using KpGrpc.InferenceServer.Tests.Hosting;
using KpGrpc.Protos.Catalog.V1;
using KpGrpc.Protos.Recommendation.V1;
using KpGrpc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KpGrpc.InferenceServer.Tests.Recommending;

public sealed class SimilarWorksTests : IDisposable
{
    private const string Description = "Limits, derivatives and integrals, with one hundred worked examples.";

    private readonly TemporaryDirectory folder = new();

    [Fact]
    public async Task SimilarWorks_ToAWork_PutsTheSameContentAtOneAndOthersBehind()
    {
        await using var server = await StartAsync();

        var found = (await server.Recommendations.SimilarWorksAsync(new SimilarWorksRequest { WorkId = "calculus" }, RunningServer.Call)).Results;

        Assert.Equal(["copy", "calculus-2"], found.Take(2).Select(work => work.WorkId));
        Assert.Equal((1.0, RecommendationPath.Content, "content"), (found[0].Similarity, found[0].Path, found[0].Model.Name));
        Assert.InRange(found[1].Similarity, 0.1, 0.9999);
        Assert.DoesNotContain(found, work => work.WorkId == "calculus");
        Assert.Equal(found.OrderByDescending(work => work.Similarity).ThenBy(work => work.WorkId, StringComparer.Ordinal), found);
    }

    [Fact]
    public async Task SimilarWorks_ThatLearnersGoOnTo_AreRaisedAndSaySo()
    {
        await using var server = await StartAsync();
        await server.RecordAsync([.. Enumerable.Range(0, 6).SelectMany(n => new[] { RunningServer.Enrolment($"u{n}", "calculus", 1), RunningServer.Enrolment($"u{n}", "bread", 2) })]);
        SimilarWork? bread = null;
        await TimeLimit.UntilAsync(
            async () => (bread = (await server.Recommendations.SimilarWorksAsync(new SimilarWorksRequest { WorkId = "calculus" }, RunningServer.Call)).Results
                .FirstOrDefault(work => work.WorkId == "bread"))?.Path == RecommendationPath.Counts,
            "the training");

        Assert.InRange(bread!.Similarity, 0.4, 0.9);
        Assert.Equal("counts", bread.Model.Name);
    }

    [Theory]
    [InlineData(Description, 1.0, 1.0)]
    [InlineData("limits, derivatives AND integrals - with one hundred worked examples", 1.0, 1.0)]
    [InlineData("Limits, derivatives and integrals, with fifty worked examples.", 0.6, 0.9999)]
    public async Task SimilarWorks_ToAText_FindsTheNearDuplicate(string text, double least, double most)
    {
        await using var server = await StartAsync();

        var found = (await server.Recommendations.SimilarWorksAsync(new SimilarWorksRequest { Text = text, Count = 2 }, RunningServer.Call)).Results;

        Assert.Equal(["calculus", "copy"], found.Select(work => work.WorkId));
        Assert.InRange(found[0].Similarity, least, most);
    }

    [Fact]
    public async Task SimilarWorks_ToAWorkThatIsNotThere_IsNotFound()
    {
        await using var server = await StartAsync();

        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await server.Recommendations.SimilarWorksAsync(new SimilarWorksRequest { WorkId = "nothing" }, RunningServer.Call));

        Assert.Equal(StatusCode.NotFound, failure.StatusCode);
    }

    public void Dispose() => folder.Dispose();

    private static Work Described(string id, string title, string description)
    {
        var work = RunningServer.Work(id, title);
        work.Descriptions.Add(new LocalizedText { LanguageTag = "en", Text = description });
        return work;
    }

    private async Task<RunningServer> StartAsync()
    {
        var server = await RunningServer.StartAsync(folder);
        await server.UpsertAsync(
            Described("calculus", "Calculus from scratch", Description),
            Described("copy", "Calculus from scratch", Description),
            Described("calculus-2", "Calculus continued", "Series and differential equations, with worked examples."),
            Described("bread", "Baking bread", "Flour, water, salt and time."));
        await TimeLimit.UntilAsync(
            () => Task.FromResult(server.Server.Services.GetRequiredService<ContentIndexing>().Current.Index.VectorOf(3) is not null), "the content of the works");
        return server;
    }
}
