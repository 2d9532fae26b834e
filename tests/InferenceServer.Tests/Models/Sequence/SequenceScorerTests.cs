using KpGrpc.InferenceServer.Models.Sequence;
using KpGrpc.InferenceServer.Tests.Torch;
using KpGrpc.Testing;
using TorchSharp;

namespace KpGrpc.InferenceServer.Tests.Models.Sequence;

public sealed class SequenceScorerTests : IClassFixture<LoadedTorch>
{
    public SequenceScorerTests(LoadedTorch torchLoaded) => Assert.NotNull(torchLoaded.Device);

    [Fact]
    public void Run_AnyBatch_GivesEachHistoryWhatItGetsAlone()
    {
        using var network = SmallSequences.Network();
        var scorer = new SequenceScorer(network);
        int[][] histories = [[3], [], [1, 2, 3, 4, 5, 6], [.. Enumerable.Range(0, 40).Select(place => place % SmallSequences.Items)], [7, 8]];

        var (together, states) = Score(scorer, histories);

        for (var row = 0; row < histories.Length; row++)
        {
            var (alone, state) = Score(scorer, [histories[row]]);
            Assert.All(alone.Zip(together.Skip(row * SmallSequences.Items)), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
            Assert.All(state.Zip(states.Skip(row * 16)), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }
    }

    [Fact]
    public void Run_EmptyHistory_GivesTheBiasesAndNoState()
    {
        using var network = SmallSequences.Network();

        var (scores, state) = Score(new SequenceScorer(network), [[]]);

        Assert.Equal(network.ItemBias.data<float>().ToArray(), scores);
        Assert.All(state, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Run_ThousandsOfTimes_LeavesNoTensorBehind()
    {
        using var network = SmallSequences.Network();
        var scorer = new SequenceScorer(network);
        int[][] histories = [[3, 4], [], [1, 2, 3]];
        Score(scorer, histories);
        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;

        for (var call = 0; call < TestScale.Of(2_000, 10_000); call++)
        {
            Score(scorer, histories);
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }

    private static (float[] Scores, float[] States) Score(SequenceScorer scorer, int[][] histories)
    {
        var (scores, states) = (new float[histories.Length * SmallSequences.Items], new float[histories.Length * 16]);
        scorer.Run([.. histories.Select(history => (ReadOnlyMemory<int>)history)], scores, states);
        return (scores, states);
    }
}
