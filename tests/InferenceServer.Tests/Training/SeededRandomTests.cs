using KpGrpc.InferenceServer.Training;

namespace KpGrpc.InferenceServer.Tests.Training;

public sealed class SeededRandomTests
{
    [Fact]
    public void Next_SameSeedPurposeAndIndex_GivesTheSameNumbers()
    {
        Assert.Equal(Draw(new SeededRandom(7, "order", 3)), Draw(new SeededRandom(7, "order", 3)));
        Assert.NotEqual(Draw(new SeededRandom(7, "order", 3)), Draw(new SeededRandom(8, "order", 3)));
        Assert.NotEqual(Draw(new SeededRandom(7, "order", 3)), Draw(new SeededRandom(7, "mask", 3)));
        Assert.NotEqual(Draw(new SeededRandom(7, "order", 3)), Draw(new SeededRandom(7, "order", 4)));
    }

    [Fact]
    public void Below_ManyDraws_GivesEachValueAsOften()
    {
        var random = new SeededRandom(1, "test", 0);
        var counts = new int[10];
        for (var draw = 0; draw < 100_000; draw++)
        {
            counts[random.Below(counts.Length)]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 9_500, 10_500)); // five deviations
    }

    [Fact]
    public void Shuffle_ManyRounds_KeepsTheValuesAndMovesThemAlike()
    {
        var random = new SeededRandom(2, "test", 0);
        var first = new int[4];
        for (var round = 0; round < 40_000; round++)
        {
            int[] values = [0, 1, 2, 3];
            random.Shuffle<int>(values);
            Assert.Equal([0, 1, 2, 3], values.Order());
            first[values[0]]++;
        }

        Assert.All(first, count => Assert.InRange(count, 9_500, 10_500));
    }

    private static ulong[] Draw(SeededRandom random) => [.. Enumerable.Range(0, 8).Select(_ => random.Next())];
}
