using KpGrpc.Demo.Story.Feeds;
using KpGrpc.Protos.Learner.V1;
using Xunit;

namespace KpGrpc.Demo.Tests.Story.Feeds;

public sealed class FeedChangeTests
{
    [Fact]
    public void Between_TwoFeeds_SaysWhatMoved()
    {
        var changes = FeedChange.Between(Feed("bought", "a", "b", "c"), Feed("a", "new", "c", "b"));

        Assert.Equal(["up from 2", "new", "up from 4", "down from 3"], new[] { "a", "new", "c", "b" }.Select(work => changes[work]));
    }

    private static IEnumerable<HomeItem> Feed(params string[] works) =>
        works.Select((work, index) => new HomeItem { Rank = (uint)index + 1, Work = new WorkCard { WorkId = work } });
}
