using CsCheck;
using KpGrpc.InferenceServer.Recommending.Ranking;
using KpGrpc.InferenceServer.Tests.Catalog;

namespace KpGrpc.InferenceServer.Tests.Recommending.Ranking;

public sealed class TopRowsTests
{
    [Fact]
    public void Select_AnyScoresAndFilter_AgreesWithFilteringSortingAndTaking() =>
        Gen.Select(Gen.Select(Gen.Int[0, 9], Gen.Bool, Gen.Int[0, 999]).Array[0, 120], Gen.Int[1, 30]).Sample(
            (rows, k) =>
            {
                // Few different scores, so that the order of names decides; names in no order of rows.
                var table = SomeWorks.Table([.. rows.Select((row, at) => SomeWorks.Of($"w{row.Item3:D3}-{at}"))]);
                var scores = rows.Select(row => row.Item1 / 4f).ToArray();

                var naive = Enumerable.Range(0, rows.Length).Where(row => scores[row] > 0 && rows[row].Item2)
                    .OrderByDescending(row => scores[row]).ThenBy(table.IdOf, StringComparer.Ordinal).Take(k);
                var best = TopRows.Select(scores, k, table, row => rows[row].Item2);

                Assert.Equal(naive, best);
            },
            iter: 2_000);

    [Fact]
    public void Select_ManyRows_AsksTheFilterOnlyForThoseThatCouldBeAmongTheBest()
    {
        var random = new Random(3);
        var table = SomeWorks.Table([.. Enumerable.Range(0, 50_000).Select(n => SomeWorks.Of($"w{n}"))]);
        var scores = Enumerable.Range(0, 50_000).Select(_ => random.NextSingle()).ToArray();
        var asked = 0;

        TopRows.Select(scores, 10, table, _ => ++asked > 0);

        Assert.InRange(asked, 10, 500);
    }
}
