using KpGrpc.InferenceServer.Evaluation;
using KpGrpc.InferenceServer.Models.Counts;
using KpGrpc.InferenceServer.Models.Sequence;
using KpGrpc.InferenceServer.Tests.Torch;

namespace KpGrpc.InferenceServer.Tests.Models.Sequence;

public sealed class SequenceValidationTests : IClassFixture<LoadedTorch>
{
    public SequenceValidationTests(LoadedTorch torchLoaded) => Assert.NotNull(torchLoaded.Device);

    [Fact]
    public void Run_OverwhelmingPrior_GivesTheCountsModelsOwnFigures()
    {
        var histories = SmallSequences.Rings(50);
        var cases = SmallSequences.Data(histories).Validation;
        var counts = CountsTrainer.Train([.. histories.Select(history => history[..^1])], SmallSequences.Items, new CountsOptions(), CancellationToken.None);
        using var network = SmallSequences.Network();

        var figures = new SequenceValidation(network, new CountsPrior(counts)).Run(cases, [new PriorWeights(1e6, 0.01), new PriorWeights(0, 0.01)], 3, CancellationToken.None);

        var expected = FullRankEvaluator.Evaluate(new CountsScorer(counts), cases, SmallSequences.Items, 3, CancellationToken.None);
        Assert.Equal(expected.Ndcg, figures[0].Ndcg, 1e-9);
        Assert.Equal(cases.Count, figures[1].Cases);
        Assert.True(figures[1].Ndcg < figures[0].Ndcg, "a network with random weights cannot be as good as the counts");
    }
}
