using Grpc.Core;

using KpGrpc.Gateway.Tests.Fakes;
using KpGrpc.Protos.Learner.V1;

namespace KpGrpc.Gateway.Tests.Services.Catalogue;

public sealed class SearchReaderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_WhileInferenceIsAway_ShowsWhatTheSameSearchFoundBeforeAndSaysSo()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        await fixture.TopUpAsync("alice", 5_000, Cancel);
        var fresh = await SearchAsync(fixture, "alice", string.Empty);
        fixture.Inference.IsAway = true;

        var stale = await SearchAsync(fixture, "bob", string.Empty); // another learner, the same search

        Assert.Equal((false, DegradedReason.Unspecified), (fresh.Degraded, fresh.DegradedReason));
        Assert.Equal((true, DegradedReason.Stale), (stale.Degraded, stale.DegradedReason));
        Assert.NotEmpty(stale.Works);
        Assert.Equal(fresh.Works, stale.Works);
    }

    [Fact]
    public async Task Search_OfWhatNobodySearchedFor_WhileInferenceIsAway_SaysUnavailable()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        await SearchAsync(fixture, "alice", string.Empty);
        fixture.Inference.IsAway = true;

        var failure = await Assert.ThrowsAsync<RpcException>(() => SearchAsync(fixture, "alice", "calligraphy"));

        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
    }

    private static Task<SearchResponse> SearchAsync(GatewayFixture fixture, string learner, string query) =>
        fixture.Learner.SearchAsync(new SearchRequest { LearnerId = learner, Query = query }, cancellationToken: Cancel).ResponseAsync;
}
