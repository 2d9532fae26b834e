using CsCheck;
using KpGrpc.InferenceServer.Catalog;
using KpGrpc.InferenceServer.Recommending;
using KpGrpc.InferenceServer.Recommending.Ranking;
using KpGrpc.InferenceServer.Tests.Catalog;

namespace KpGrpc.InferenceServer.Tests.Recommending.Ranking;

public sealed class HardFilterTests
{
    private const long Now = 1_000;

    [Fact]
    public void Admits_AnyWorksAndFilter_AgreesWithTheFilterOfWorks() =>
        Gen.Select(Gen.Int[0, 1 << 12].Array[1, 40], Gen.Int[0, 1 << 12]).Sample(
            (bits, asked) =>
            {
                var works = bits.Select((number, at) => Work($"w{at}", number)).ToArray();
                var table = SomeWorks.Table(works);
                var filter = new WorkFilter
                {
                    Fields = (asked & 1) != 0 ? new HashSet<int> { 1, 65 } : new HashSet<int>(),
                    Kinds = (asked & 2) != 0 ? new HashSet<int> { 2 } : new HashSet<int>(),
                    Languages = (asked & 4) != 0 ? ["zh"] : (asked & 8) != 0 ? ["EN", "fr"] : [],
                    PriceMax = (asked & 16) != 0 ? new Price(100, (asked & 32) != 0 ? "EUR" : "JPY", 2) : null,
                };
                string[] owned = ["w3", "nothing"];
                string[] hidden = ["w5"];
                var ready = new HardFilter(table, filter, Now, owned, hidden);

                for (var row = 0; row < works.Length; row++)
                {
                    var naive = filter.Admits(works[row], Now) && !owned.Contains(works[row].WorkId) && !hidden.Contains(works[row].WorkId);
                    Assert.Equal(naive, ready.Admits(row));
                    Assert.Equal(naive, ready.Check(row) == Exclusion.None);
                }
            },
            iter: 1_000);

    [Fact]
    public void Check_EachCondition_NamesIt()
    {
        var good = SomeWorks.Of("a");
        var table = SomeWorks.Table(
            good,
            SomeWorks.Of("owned"),
            SomeWorks.Of("hidden"),
            SomeWorks.Of("unpublished") with { Published = false },
            SomeWorks.Of("over") with { AvailableUntil = Now },
            SomeWorks.Of("not yet") with { AvailableFrom = Now + 1 },
            SomeWorks.Of("unlicensed") with { Unlicensed = true },
            SomeWorks.Of("dear") with { Price = new Price(101, "EUR", 2) },
            SomeWorks.Of("yen") with { Price = new Price(1, "JPY", 0) },
            SomeWorks.Of("film") with { Kind = 6 },
            SomeWorks.Of("deleted")).With([], ["deleted"]);
        var filter = new HardFilter(table, new WorkFilter { Kinds = new HashSet<int> { 1 }, PriceMax = new Price(100, "EUR", 2) }, Now, ["owned"], ["hidden"]);

        Assert.Equal(
            [
                Exclusion.None, Exclusion.Owned, Exclusion.Hidden, Exclusion.Unpublished, Exclusion.Expired, Exclusion.Expired,
                Exclusion.Unlicensed, Exclusion.Price, Exclusion.Price, Exclusion.Format, Exclusion.Unpublished,
            ],
            Enumerable.Range(0, table.Count).Select(filter.Check));
    }

    private static Work Work(string id, int bits) => SomeWorks.Of(id, field: (bits & 1) + 1) with
    {
        Kind = ((bits >> 1) & 1) + 1,
        Language = new[] { "zh-CN", "en", "en-GB", "zho" }[(bits >> 2) & 3],
        Price = new Price((bits >> 4 & 1) == 0 ? 100 : 101, (bits >> 5 & 1) == 0 ? "EUR" : "JPY", 2),
        Published = (bits >> 6 & 3) != 0,
        Unlicensed = (bits >> 8 & 3) == 0,
        AvailableFrom = (bits >> 10 & 1) == 0 ? null : Now + ((bits >> 9) & 1),
        AvailableUntil = (bits >> 11 & 1) == 0 ? null : Now + ((bits >> 9) & 1),
    };
}
