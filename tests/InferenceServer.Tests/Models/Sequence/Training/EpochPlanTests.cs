using CsCheck;
using KpGrpc.InferenceServer.Models.Sequence.Training;
using KpGrpc.InferenceServer.Training;

namespace KpGrpc.InferenceServer.Tests.Models.Sequence.Training;

public sealed class EpochPlanTests
{
    private static readonly Gen<int[][]> Histories = Gen.Int[0, 60].Select(length => new int[length]).Array[1, 40];

    [Fact]
    public void Make_AnyHistories_TakesEveryTransitionOnceInStepsOfBoundedSize() =>
        Gen.Select(Histories, Gen.Int[2, 20], Gen.Int[1, 100], Gen.ULong).Sample(
            (histories, lengthMax, placesPerStep, seed) =>
            {
                var steps = EpochPlan.Make(histories, lengthMax, placesPerStep, new SeededRandom(seed, "order", 0));

                var places = steps.SelectMany(step => step)
                    .SelectMany(window => Enumerable.Range(window.Start, window.Length).Select(place => (window.History, place))).ToArray();
                Assert.Equal(histories.Sum(history => Math.Max(0, history.Length - 1)), places.Length);
                Assert.Equal(places.Length, places.Distinct().Count());
                Assert.All(places, place => Assert.InRange(place.place, 0, histories[place.History].Length - 2));
                Assert.All(steps, step => Assert.All(step, window => Assert.InRange(window.Length, 1, lengthMax)));
                Assert.All(steps, step => Assert.True(step.Length == 1 || step.Length * step.Max(window => window.Length) <= placesPerStep));
            },
            iter: 200);

    [Fact]
    public void Make_ManyHistories_PadsHardlyAPlace()
    {
        var random = new SeededRandom(1, "test", 0);
        var histories = Enumerable.Range(0, 2000).Select(_ => new int[2 + random.Below(300)]).ToArray();

        var steps = EpochPlan.Make(histories, 200, 6400, new SeededRandom(1, "order", 0));

        var padded = steps.Sum(step => step.Length * step.Max(window => window.Length));
        Assert.InRange((double)steps.SelectMany(step => step).Sum(window => window.Length) / padded, 0.93, 1);
    }

    [Fact]
    public void Make_OtherEpoch_CutsAndOrdersOtherwise()
    {
        int[][] histories = [.. Enumerable.Range(0, 50).Select(_ => new int[90])];

        var first = EpochPlan.Make(histories, 20, 100, new SeededRandom(1, "order", 0)).SelectMany(step => step).ToArray();

        Assert.Equal(first, EpochPlan.Make(histories, 20, 100, new SeededRandom(1, "order", 0)).SelectMany(step => step));
        Assert.NotEqual(first, EpochPlan.Make(histories, 20, 100, new SeededRandom(1, "order", 1)).SelectMany(step => step));
    }
}
