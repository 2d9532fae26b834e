using System.Globalization;
using CsCheck;
using KpGrpc.InferenceServer.Models.Content;

namespace KpGrpc.InferenceServer.Tests.Models.Content;

public sealed class NeighbourSearchTests
{
    [Fact]
    public void Find_InASmallCatalogue_FindsWhatComparingWithEveryRowFinds() =>
        Gen.Select(Gen.Int[0, 8].Array[1, 5].Array[1, 30], Gen.Int[0, 8].Array[1, 4], Gen.Int[1, 5]).Sample(
            (works, asked, most) =>
            {
                using var index = Index(works);
                var vector = Vector(index, asked);

                var found = new NeighbourSearch().Find(index, vector, most, 0.05, row => row % 3 != 0, Name);

                var naive = Enumerable.Range(0, works.Length).Where(row => row % 3 != 0)
                    .Select(row => (Row: row, Likeness: index.VectorOf(row)!.Likeness(vector))).Where(one => one.Likeness >= 0.05)
                    .OrderByDescending(one => one.Likeness).ThenBy(one => Name(one.Row), StringComparer.Ordinal).Take(most);
                Assert.Equal(naive.Select(one => one.Likeness), found.Select(one => one.Likeness), (a, b) => Math.Abs(a - b) < 1e-5);
            },
            iter: 500);

    [Fact]
    public void Find_AmongManyWithCommonWords_FindsThoseThatShareTheRareOne()
    {
        // 60,000 rows share three words; each pair of rows shares one more.
        using var index = Index([.. Enumerable.Range(0, 60_000).Select(row => new[] { 0, 1, 2, 100 + (row / 2) })]);

        var search = new NeighbourSearch();
        for (var row = 0; row < 60_000; row += 9_999)
        {
            var found = search.Find(index, index.VectorOf(row)!, 1, 0.05, other => other != row, Name);

            Assert.Equal(row ^ 1, Assert.Single(found).Row);
        }
    }

    [Fact]
    public void Find_WhereAllRowsAreTheSame_ReadsOnlyAPartAndFindsEnough()
    {
        using var index = Index([.. Enumerable.Range(0, 50_000).Select(_ => new[] { 0, 1 })]);

        var found = new NeighbourSearch().Find(index, index.VectorOf(7)!, 8, 0.05, row => row != 7, Name);

        Assert.Equal(8, found.Count);
        Assert.All(found, one => Assert.Equal(1, one.Likeness, 1e-5));
    }

    private static string Name(int row) => row.ToString("00000", CultureInfo.InvariantCulture);

    private static FeatureBag Bag(int[] words) => words.Aggregate(new FeatureBag(), (bag, word) => bag.AddLabel(Name(word), 1));

    private static ContentVector Vector(ContentIndex index, int[] words) => index.Rarity.Vector(Bag(words), 1000);

    private static ContentIndex Index(int[][] works)
    {
        var index = new ContentIndex(FeatureRarity.Of(works.Select(Bag), works.Length));
        index.Set([.. works.Select((words, row) => (row, (ContentVector?)Vector(index, words)))]);
        return index;
    }
}
