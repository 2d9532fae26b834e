using KpGrpc.InferenceServer.Models.Counts;
using KpGrpc.InferenceServer.Models.Sequence;
using KpGrpc.InferenceServer.Models.Sequence.Training;
using KpGrpc.InferenceServer.Tests.Torch;
using TorchSharp;

namespace KpGrpc.InferenceServer.Tests.Models.Sequence.Training;

public sealed class FoldedCountsTests : IClassFixture<LoadedTorch>
{
    private const double Floor = 0.25;

    public FoldedCountsTests(LoadedTorch torchLoaded) => Assert.NotNull(torchLoaded.Device);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_AnyWindow_GivesWhatCountsOfTheOtherFoldsSay(bool sampled)
    {
        using var scope = torch.NewDisposeScope();
        var histories = SmallSequences.Rings(23, length: 70);
        using var folded = FoldedCounts.Make(histories, SmallSequences.Items, 20, torch.CPU, CancellationToken.None)!;
        TrainingWindow[] windows = [new(3, 40, 20), new(5, 0, 7), new(10, 11, 1)];
        var (_, places, targets) = SequenceBatch.Of(histories, windows, torch.CPU);
        long[] works = sampled ? [2, 5, 23] : [.. Enumerable.Range(0, SmallSequences.Items).Select(item => (long)item)];

        var (candidates, ofTargets) = folded.Of(histories, windows, places, sampled ? torch.tensor(works) : null, Floor);

        var actual = candidates.data<float>().ToArray();
        var actualTargets = ofTargets.data<float>().ToArray();
        var wanted = targets.data<long>().ToArray();
        var place = 0;
        foreach (var window in windows)
        {
            var others = CountsTrainer.Train(
                [.. histories.Where((_, at) => at % FoldedCounts.Folds != window.History % FoldedCounts.Folds)], SmallSequences.Items, new CountsOptions(), CancellationToken.None);
            for (var at = window.Start; at < window.Start + window.Length; at++, place++)
            {
                var scores = new double[SmallSequences.Items];
                others.Accumulate(histories[window.History].AsSpan(0, at + 1), scores);
                for (var column = 0; column < works.Length; column++)
                {
                    Assert.Equal(Math.Log(1 + (scores[works[column]] / Floor)), actual[(place * works.Length) + column], 1e-4);
                }

                Assert.Equal(Math.Log(1 + (scores[wanted[place]] / Floor)), actualTargets[place], 1e-4);
            }
        }

        Assert.Equal(actualTargets.Length, place);
    }

    [Fact]
    public void Make_CatalogueTooGreatForDenseTables_GivesNone() =>
        Assert.Null(FoldedCounts.Make([[1, 2], [2, 3], [3, 4], [4, 5]], 100_000, 20, torch.CPU, CancellationToken.None));
}
