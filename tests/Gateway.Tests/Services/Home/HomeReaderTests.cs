using Grpc.Core;

using KpGrpc.Gateway.Tests.Fakes;
using KpGrpc.Protos.Learner.V1;
using KpGrpc.Protos.Recommendation.V1;
using KpGrpc.Testing;

namespace KpGrpc.Gateway.Tests.Services.Home;

public sealed class HomeReaderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetHome_InferenceThere_HasTitlesPricesAndReasonsInTheLanguage()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        var home = await fixture.Learner.GetHomeAsync(new GetHomeRequest { LearnerId = "alice", Count = 2, LanguageTag = "zh-Hans" }, cancellationToken: Cancel);
        Assert.False(home.Degraded);
        Assert.Equal("request-1", home.RequestId);
        Assert.Equal(["睡个好觉", "家庭预算"], home.Items.Select(item => item.Work.Title));
        Assert.Equal(1_000, home.Items[0].Work.Price.MinorUnits);
        Assert.All(home.Items, item => Assert.Contains("学习", item.Reason, StringComparison.Ordinal));
        Assert.Equal([1u, 2u], home.Items.Select(item => item.Rank));
    }

    [Fact]
    public async Task GetHome_AfterPurchase_ChangesAndSaysBecauseOfWhat()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        await fixture.TopUpAsync("alice", 5_000, Cancel);
        await fixture.Learner.PurchaseAsync(GatewayFixture.Buy("alice", "w-1", 1_000), cancellationToken: Cancel);
        var home = await fixture.Learner.GetHomeAsync(new GetHomeRequest { LearnerId = "alice" }, cancellationToken: Cancel);
        Assert.Equal(["w-2", "w-3"], home.Items.Select(item => item.Work.WorkId));
        Assert.Contains("Sleep well", home.Items[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetHome_InferenceAway_ShowsTheLastFeedThenWhatIsPopular()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        var known = new GetHomeRequest { LearnerId = "alice", LanguageTag = "zh" };
        await fixture.Learner.GetHomeAsync(known, cancellationToken: Cancel);
        var stranger = new GetHomeRequest { LearnerId = "bob", Count = 1, Filter = new RecommendationFilter { HiddenWorkIds = { "w-1" } } };
        await fixture.Learner.GetHomeAsync(stranger, cancellationToken: Cancel);
        fixture.Inference.IsAway = true;

        var stale = await fixture.Learner.GetHomeAsync(known, cancellationToken: Cancel);
        Assert.Equal((true, DegradedReason.Stale), (stale.Degraded, stale.DegradedReason));
        Assert.Equal(3, stale.Items.Count);
        Assert.NotNull(stale.ComputedAt);

        GetHomeResponse? popular = null;
        await TimeLimit.UntilAsync(
            async () =>
            {
                try
                {
                    popular = await fixture.Learner.GetHomeAsync(stranger, cancellationToken: Cancel);
                    return true;
                }
                catch (RpcException exception) when (exception.StatusCode == StatusCode.Unavailable)
                {
                    // The list of popular works was not made before inference went: let it be made.
                    fixture.Inference.IsAway = false;
                    return false;
                }
                finally
                {
                    fixture.Inference.IsAway = popular is null ? fixture.Inference.IsAway : true;
                }
            },
            "a popular feed");
        Assert.Equal("w-2", Assert.Single(popular!.Items).Work.WorkId);
    }

    [Fact]
    public async Task GetHome_LedgerAway_IsPartialButShown()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        fixture.Ledger.IsAway = true;
        var home = await fixture.Learner.GetHomeAsync(new GetHomeRequest { LearnerId = "alice" }, cancellationToken: Cancel);
        Assert.Equal(DegradedReason.Partial, home.DegradedReason);
        Assert.Equal(3, home.Items.Count);
    }

    [Fact]
    public async Task Search_Mask_ReducesAndMarksWhatIsOwned()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        await fixture.TopUpAsync("alice", 5_000, Cancel);
        await fixture.Learner.PurchaseAsync(GatewayFixture.Buy("alice", "w-1", 1_000), cancellationToken: Cancel);
        var request = new SearchRequest { LearnerId = "alice", ReadMask = new() { Paths = { "work_id", "owned" } } };
        var found = await fixture.Learner.SearchAsync(request, cancellationToken: Cancel);
        Assert.Equal([("w-1", true, ""), ("w-2", false, ""), ("w-3", false, "")], found.Works.Select(work => (work.WorkId, work.Owned, work.Title)));
    }
}
