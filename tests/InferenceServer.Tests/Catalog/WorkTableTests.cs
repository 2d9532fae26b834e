using CsCheck;
using KpGrpc.InferenceServer.Catalog;

namespace KpGrpc.InferenceServer.Tests.Catalog;

public sealed class WorkTableTests
{
    [Fact]
    public void With_AnyWrites_HoldsWhatADictionaryHoldsAndLeavesOldVersionsAlone() =>
        Gen.Select(Gen.Int[0, 5_000], Gen.Bool).Array[1, 40].Array[1, 8].Sample(
            writes =>
            {
                var naive = new Dictionary<string, Work>();
                var versions = new List<(WorkTable Table, Dictionary<string, Work> Works)> { (WorkTable.Empty(), []) };
                foreach (var write in writes)
                {
                    var works = write.Where(entry => entry.Item2).Select(entry => SomeWorks.Of($"w{entry.Item1}")).DistinctBy(work => work.WorkId).ToArray();
                    var deleted = write.Where(entry => !entry.Item2).Select(entry => $"w{entry.Item1}").Except(works.Select(work => work.WorkId)).ToArray();
                    works.ToList().ForEach(work => naive[work.WorkId] = work);
                    deleted.ToList().ForEach(id => naive.Remove(id));
                    versions.Add((versions[^1].Table.With(works, deleted), new(naive)));
                }

                foreach (var (table, works) in versions)
                {
                    Assert.All(Enumerable.Range(0, 5_001), n => Assert.Same(works.GetValueOrDefault($"w{n}"), table.Find($"w{n}")));
                    Assert.Equal(works.Count, Enumerable.Range(0, table.Count).Count(row => table[row] is not null));
                    Assert.All(Enumerable.Range(0, table.Count), row => Assert.Equal(table[row] is not null, table.Facts(row).Flags == WorkFlags.Offered));
                }
            },
            iter: 20);

    [Fact]
    public void ChangedSince_AnOlderVersion_NamesTheRowsThatDifferAndNoOther()
    {
        var first = SomeWorks.Table([.. Enumerable.Range(0, 3_000).Select(n => SomeWorks.Of($"w{n}"))]);
        var second = first.With([SomeWorks.Of("w5"), SomeWorks.Of("new")], ["w2999"]);

        Assert.Equal([5, 2999, 3000], second.ChangedSince(first));
        Assert.Equal(3_000, first.ChangedSince(WorkTable.Empty()).Count());
        Assert.Empty(second.ChangedSince(second));
    }

    [Fact]
    public void With_AWorkThatComesBack_GivesItItsRowAgain()
    {
        var table = SomeWorks.Table(SomeWorks.Of("a"), SomeWorks.Of("b")).With([], ["a"]);

        var again = table.With([SomeWorks.Of("a"), SomeWorks.Of("c")], []);

        Assert.Null(table.Find("a"));
        Assert.Equal((0, "a", 2), (again.RowOf("a"), again.IdOf(0), again.RowOf("c")));
    }
}
