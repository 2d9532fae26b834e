using CsCheck;
using KpGrpc.InferenceServer.Models.Counts;

namespace KpGrpc.InferenceServer.Tests.Models.Counts;

public sealed class CountsModelTests
{
    private const int Items = 12;

    private static readonly Gen<int[]> History = Gen.Int[0, Items - 1].Array[0, 8];

    private static readonly CountsOptions Unlimited = new() { Window = 3, NeighboursMax = 1000, HistoryLength = 4, TrainingThreads = 2 };

    [Fact]
    public void Rank_AnyHistories_AgreesWithTheNaiveSum() =>
        Gen.Select(History.Array[0, 12], History).Sample(
            (histories, history) =>
            {
                var model = CountsTrainer.Train(histories, Items, Unlimited, CancellationToken.None);
                var naive = NaiveScores(histories, history, Unlimited);

                var ranked = model.Rank(history, Items, Items, _ => true);

                Assert.Equal(Items, ranked.Count);
                Assert.Equal(Items, ranked.Select(entry => entry.Item).Distinct().Count());
                foreach (var entry in ranked)
                {
                    Assert.Equal(naive[entry.Item] > 0, entry.Path == RankPath.Counts);
                    if (entry.Path == RankPath.Counts)
                    {
                        Assert.Equal(naive[entry.Item], entry.Score, 1e-5 * naive[entry.Item]);
                    }
                }

                AssertTotalOrder(ranked);
            },
            iter: 300);

    [Fact]
    public void Rank_FiltersBeforeTheCut_GivesAsManyAsAreAllowed() =>
        Gen.Select(History.Array[0, 12], History, Gen.Int[1, Items], Gen.Bool.Array[Items]).Sample(
            (histories, history, k, allowed) =>
            {
                var model = CountsTrainer.Train(histories, Items, Unlimited, CancellationToken.None);

                var all = model.Rank(history, Items, Items, _ => true).Where(entry => allowed[entry.Item]).Take(k);
                var ranked = model.Rank(history, k, Items, item => allowed[item]);

                Assert.Equal(all.Select(entry => entry.Item), ranked.Select(entry => entry.Item));
                Assert.Equal(Math.Min(k, allowed.Count(admitted => admitted)), ranked.Count);
            },
            iter: 300);

    [Fact]
    public void Rank_SameHistoriesOnMoreThreads_IsTheSame()
    {
        var random = new Random(7);
        var histories = Enumerable.Range(0, 200).Select(_ => Enumerable.Range(0, 30).Select(_ => random.Next(Items)).ToArray()).ToArray();
        var one = CountsTrainer.Train(histories, Items, new CountsOptions { TrainingThreads = 1 }, CancellationToken.None);
        var four = CountsTrainer.Train(histories, Items, new CountsOptions { TrainingThreads = 4 }, CancellationToken.None);

        Assert.Equal(
            one.Rank([1, 2, 3], Items, Items, _ => true).Select(entry => (entry.Item, entry.Score)),
            four.Rank([1, 2, 3], Items, Items, _ => true).Select(entry => (entry.Item, entry.Score)));
    }

    [Fact]
    public void Rank_ContributionsOfAResult_NameTheHistoryAndAddUpToAtMostOne()
    {
        var model = CountsTrainer.Train([[0, 1, 2], [0, 1, 2], [3, 4]], 5, new CountsOptions(), CancellationToken.None);

        var first = model.Rank([0, 1], 1, 5, item => item > 1)[0];

        Assert.Equal(2, first.Item);
        Assert.Equal([1, 0], first.Because.Select(part => part.Item));
        Assert.Equal(1, first.Because.Sum(part => part.Share), 1e-6);
    }

    [Fact]
    public void Rank_EmptyHistory_IsByPopularityThenIndex()
    {
        var model = CountsTrainer.Train([[2, 1], [2, 3], [1]], 5, new CountsOptions(), CancellationToken.None);

        var ranked = model.Rank([], 5, 7, _ => true);

        Assert.Equal([1, 2, 3, 0, 4], ranked.Select(entry => entry.Item));
        Assert.All(ranked, entry => Assert.Equal(RankPath.Popular, entry.Path));
    }

    [Fact]
    public void Rank_WorksNewerThanTheModel_ComeLastButCome()
    {
        var model = CountsTrainer.Train([[0, 1]], 2, new CountsOptions(), CancellationToken.None);

        var ranked = model.Rank([0, 3], 10, 4, _ => true);

        Assert.Equal([1, 0, 2, 3], ranked.Select(entry => entry.Item));
    }

    [Fact]
    public void Train_NeighboursMax_KeepsTheStrongest()
    {
        int[][] histories = [[0, 1], [0, 1], [0, 1], [0, 2], [0, 2], [0, 3]];
        var options = new CountsOptions { NeighboursMax = 2, PopularityExponent = 0 };
        var model = CountsTrainer.Train(histories, 4, options, CancellationToken.None);

        var ranked = model.Rank([0], 4, 4, item => item != 0);

        Assert.Equal([RankPath.Counts, RankPath.Counts, RankPath.Popular], ranked.Select(entry => entry.Path));
        Assert.Equal([1, 2, 3], ranked.Select(entry => entry.Item));
    }

    [Fact]
    public void Train_NothingAtAll_RanksNothing()
    {
        var model = CountsTrainer.Train([], 0, new CountsOptions(), CancellationToken.None);

        Assert.Empty(model.Rank([], 5, 0, _ => true));
        Assert.Equal([0, 1], model.Rank([], 5, 2, _ => true).Select(entry => entry.Item));
    }

    private static void AssertTotalOrder(IReadOnlyList<RankedItem> ranked)
    {
        for (var at = 1; at < ranked.Count; at++)
        {
            var (before, after) = (ranked[at - 1], ranked[at]);
            Assert.True(before.Score > after.Score || (before.Score == after.Score && before.Item < after.Item), $"place {at} is out of order");
        }
    }

    private static double[] NaiveScores(int[][] histories, int[] history, CountsOptions options)
    {
        var sums = new double[Items, Items];
        var count = new double[Items];
        foreach (var sequence in histories)
        {
            var length = Math.Pow(Math.Max(1, sequence.Length), -options.LengthExponent);
            for (var a = 0; a < sequence.Length; a++)
            {
                count[sequence[a]]++;
                for (var b = 0; b < sequence.Length; b++)
                {
                    var distance = Math.Abs(a - b);
                    if (distance > 0 && distance <= options.Window)
                    {
                        sums[sequence[a], sequence[b]] += length * Math.Pow(distance, -options.DistanceExponent) * (b > a ? 1 : options.BackwardWeight);
                    }
                }
            }
        }

        var scores = new double[Items];
        var used = history.TakeLast(options.HistoryLength).Reverse().ToArray();
        for (var rank = 1; rank <= used.Length; rank++)
        {
            var source = used[rank - 1];
            for (var item = 0; item < Items; item++)
            {
                if (item != source && sums[source, item] > 0)
                {
                    scores[item] += Math.Pow(rank, -options.RecencyExponent) * Math.Pow(sums[source, item], options.CountExponent)
                        * Math.Pow(count[source], -options.SourceExponent) * Math.Pow(count[item], -options.PopularityExponent);
                }
            }
        }

        return scores;
    }
}
