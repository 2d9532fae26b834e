using CsCheck;
using KpGrpc.InferenceServer.Models.Counts;

namespace KpGrpc.InferenceServer.Tests.Models.Counts;

public sealed class CountsModelTests
{
    private const int Items = 12;

    private static readonly Gen<int[]> History = Gen.Int[0, Items - 1].Array[0, 8];

    private static readonly CountsOptions Unlimited = new() { Window = 3, NeighboursMax = 1000, HistoryLength = 4, TrainingThreads = 2 };

    [Fact]
    public void Score_AnyHistories_AgreesWithTheNaiveSumAndPutsThePopularBehind() =>
        Gen.Select(History.Array[1, 12], History).Sample(
            (histories, history) =>
            {
                var model = CountsTrainer.Train(histories, Items, Unlimited, CancellationToken.None);
                var naive = NaiveScores(histories, history, Unlimited);
                var scores = new double[Items];

                model.Score(history, scores);

                for (var item = 0; item < Items; item++)
                {
                    Assert.Equal(naive[item] > 0, scores[item] > 0);
                    Assert.Equal(naive[item] > 0 ? naive[item] : scores[item], scores[item], 1e-5 * Math.Max(1, naive[item]));
                    Assert.True(scores[item] > 0 || scores[item] is >= -1 and < 0);
                }
            },
            iter: 300);

    [Fact]
    public void Accumulate_IntoPlaces_GivesTheSameScoresThereAndNowhereElse() =>
        Gen.Select(History.Array[1, 12], History, Gen.Int[-1, 2 * Items].Array[Items]).Sample(
            (histories, history, wanted) =>
            {
                var places = wanted.Select((place, item) => Array.IndexOf(wanted, place) == item ? place : -1).ToArray(); // each place once
                var model = CountsTrainer.Train(histories, Items, Unlimited, CancellationToken.None);
                var naive = NaiveScores(histories, history, Unlimited);
                var scores = new float[Items + 2];

                model.Accumulate(history, places, scores);

                for (var place = 0; place < scores.Length; place++)
                {
                    var item = Array.IndexOf(places, place);
                    Assert.Equal(item >= 0 ? naive[item] : 0, scores[place], 1e-4);
                }
            },
            iter: 300);

    [Fact]
    public void Score_SameHistoriesOnMoreThreads_IsTheSame()
    {
        var random = new Random(7);
        var histories = Enumerable.Range(0, 200).Select(_ => Enumerable.Range(0, 30).Select(_ => random.Next(Items)).ToArray()).ToArray();
        var (one, four) = (new double[Items], new double[Items]);

        CountsTrainer.Train(histories, Items, new CountsOptions { TrainingThreads = 1 }, CancellationToken.None).Score([1, 2, 3], one);
        CountsTrainer.Train(histories, Items, new CountsOptions { TrainingThreads = 4 }, CancellationToken.None).Score([1, 2, 3], four);

        Assert.Equal(one, four);
    }

    [Fact]
    public void Explain_AResult_NamesTheHistoryAndAddsUpToOne()
    {
        var model = CountsTrainer.Train([[0, 1, 2], [0, 1, 2], [3, 4]], 5, new CountsOptions(), CancellationToken.None);

        var parts = model.Explain([0, 1], 2, 3);

        Assert.Equal([1, 0], parts.Select(part => part.Item));
        Assert.Equal(1, parts.Sum(part => part.Share), 1e-6);
        Assert.Equal(1, Assert.Single(model.Explain([0, 1], 2, 1)).Item);
        Assert.Empty(model.Explain([0, 1], 4, 3));
    }

    [Fact]
    public void PopularFirst_AfterTraining_IsByPopularityThenIndex()
    {
        var model = CountsTrainer.Train([[2, 1], [2, 3], [1]], 5, new CountsOptions(), CancellationToken.None);

        Assert.Equal([1, 2, 3, 0, 4], model.PopularFirst);
        Assert.Equal([0, 2, 2, 1, 0, 0], Enumerable.Range(0, 6).Select(model.PopularityOf));
    }

    [Fact]
    public void Train_NeighboursMax_KeepsTheStrongest()
    {
        int[][] histories = [[0, 1], [0, 1], [0, 1], [0, 2], [0, 2], [0, 3]];
        var options = new CountsOptions { NeighboursMax = 2, PopularityExponent = 0 };
        var scores = new double[4];

        CountsTrainer.Train(histories, 4, options, CancellationToken.None).Score([0], scores);

        Assert.True(scores[1] > scores[2] && scores[2] > 0);
        Assert.True(scores[3] < 0);
    }

    [Fact]
    public void Train_NothingAtAll_KnowsNothing()
    {
        var model = CountsTrainer.Train([], 0, new CountsOptions(), CancellationToken.None);
        var scores = new float[3];

        model.Accumulate([], [], scores);

        Assert.Empty(model.PopularFirst);
        Assert.All(scores, score => Assert.Equal(0, score));
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
