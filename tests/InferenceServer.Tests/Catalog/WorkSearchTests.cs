using KpGrpc.InferenceServer.Catalog;

namespace KpGrpc.InferenceServer.Tests.Catalog;

public sealed class WorkSearchTests
{
    [Theory]
    [InlineData("Deep  Learning, learning", new[] { "deep", "learning" })]
    [InlineData("机器学习入门", new[] { "机器", "器学", "学习", "习入", "入门" })]
    [InlineData("学Python吧", new[] { "学", "python", "吧" })]
    [InlineData("?!", new string[0])]
    public void Terms_AnyScript_AreWordsOrPairs(string query, string[] expected) => Assert.Equal(expected, WorkSearch.Terms(query));

    [Fact]
    public void Find_TitleBeforeTagBeforeText_AndTiesById()
    {
        Work[] works = [Work("d", "x", "", "python"), Work("c", "x", "python", ""), Work("b", "Python", "", ""), Work("a", "python", "", ""), Work("e", "x", "", "")];

        var hits = WorkSearch.Find(works, "PYTHON", WorkFilter.None, now: 0).ToList();

        Assert.Equal(["a", "b", "c", "d"], hits.Select(hit => hit.Work.WorkId));
        Assert.All(hits, hit => Assert.InRange(hit.Score, 0.01, 1));
    }

    [Fact]
    public void Find_WithoutQuery_IsNewestFirstAndNeverPublishedLast()
    {
        Work[] works = [Work("a", "t", "", "") with { PublishedAt = null }, Work("b", "t", "", "") with { PublishedAt = 1 }, Work("c", "t", "", "") with { PublishedAt = 2 }];

        Assert.Equal(["c", "b", "a"], WorkSearch.Find(works, "", WorkFilter.None, 0).Select(hit => hit.Work.WorkId));
    }

    [Fact]
    public void Find_Filters_AllMustHold()
    {
        Work[] works =
        [
            Work("ok", "t", "", ""),
            Work("hidden", "t", "", "") with { Published = false },
            Work("unlicensed", "t", "", "") with { Unlicensed = true },
            Work("later", "t", "", "") with { AvailableFrom = 11 },
            Work("over", "t", "", "") with { AvailableUntil = 10 },
            Work("dear", "t", "", "") with { Price = new Price(101, "CNY", 2) },
            Work("foreign", "t", "", "") with { Price = new Price(1, "EUR", 2) },
            Work("english", "t", "", "") with { Language = "en" },
        ];
        var filter = new WorkFilter { PriceMax = new Price(100, "CNY", 2), Languages = ["zh"] };

        Assert.Equal(["ok"], WorkSearch.Find(works, "", filter, now: 10).Select(hit => hit.Work.WorkId));
        Assert.Equal(5, WorkSearch.Find(works, "", filter with { IncludeUnavailable = true }, now: 10).Count());
    }

    internal static Work Work(string id, string title, string labels, string body) => new()
    {
        WorkId = id,
        Titles = [("zh", title)],
        Texts = new SearchText(title.ToLowerInvariant(), labels, body),
        Field = 1,
        Kind = 1,
        Level = 0,
        Language = "zh-CN",
        ProducerId = "p",
        Tags = [],
        Price = new Price(0, "CNY", 2),
        Published = true,
        Unlicensed = false,
        PublishedAt = 0,
        AvailableFrom = null,
        AvailableUntil = null,
        Body = Array.Empty<byte>(),
    };
}
