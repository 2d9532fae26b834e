using KpGrpc.InferenceServer.Registry.Traffic;

namespace KpGrpc.InferenceServer.Tests.Registry.Traffic;

public sealed class TrafficSplitTests
{
    private static readonly string[] Learners = [.. Enumerable.Range(0, 20_000).Select(number => $"learner-{number}")];

    [Fact]
    public void VersionOf_ManyLearners_FollowsTheShares()
    {
        var split = new TrafficSplit([("a", 700_000), ("b", 250_000), ("c", 50_000)], []);

        var counts = Learners.CountBy(learner => split.VersionOf(learner)!).ToDictionary();

        Assert.InRange(counts["a"], 13_700, 14_300);
        Assert.InRange(counts["b"], 4_700, 5_300);
        Assert.InRange(counts["c"], 850, 1_150);
    }

    [Fact]
    public void VersionOf_TheCanaryGrows_OnlyMovesLearnersTowardsIt()
    {
        var before = new TrafficSplit([("old", 950_000), ("new", 50_000)], []);
        var after = new TrafficSplit([("new", 200_000), ("old", 800_000)], []);

        var moved = Learners.Where(learner => before.VersionOf(learner) != after.VersionOf(learner)).ToList();

        Assert.All(moved, learner => Assert.Equal("new", after.VersionOf(learner)));
        Assert.InRange(moved.Count, 2_700, 3_300);
    }

    [Fact]
    public void VersionOf_KnownLearners_IsTheSameInEveryRelease()
    {
        var split = new TrafficSplit([("v1", 500_000), ("v2", 500_000)], []);

        Assert.Equal("v1 v1 v2 v2", string.Join(' ', Enumerable.Range(1, 4).Select(number => split.VersionOf($"learner-{number}"))));
    }

    [Fact]
    public void VersionOf_NoTraffic_IsNone() => Assert.Null(TrafficSplit.None.VersionOf("learner"));
}
