using KpGrpc.InferenceServer.Evaluation;
using KpGrpc.InferenceServer.Models.Counts;
using KpGrpc.InferenceServer.Models.Sequence;
using KpGrpc.InferenceServer.Tests.Torch;
using Microsoft.Extensions.Time.Testing;

namespace KpGrpc.InferenceServer.Tests.Models.Sequence;

public sealed class RecommenderEvaluationTests : IClassFixture<LoadedTorch>
{
    public RecommenderEvaluationTests(LoadedTorch torchLoaded) => Assert.NotNull(torchLoaded.Device);

    [Fact]
    public void Run_WorksNumberedOtherwiseAndUnknownOnes_CountsTheUnknownAsMisses()
    {
        var histories = SmallSequences.Rings(40);
        using var model = new SequenceModel(
            SmallSequences.Network(),
            CountsTrainer.Train([.. histories.Select(history => history[..^1])], SmallSequences.Items, new CountsOptions(), CancellationToken.None),
            new PriorWeights(2, 0.01),
            [.. Enumerable.Range(0, SmallSequences.Items).Select(item => $"work-{item}")]);
        var same = Set(histories, item => item);
        var turned = Set([.. histories.Select(history => history.Select(item => SmallSequences.Items - 1 - item).ToArray())], item => SmallSequences.Items - 1 - item);
        var unknown = Set([.. histories, [0, 1, 24]], item => item);

        var expected = RecommenderEvaluation.Run(model, same, HeldOut.Test, CancellationToken.None);

        Assert.Equal(expected, RecommenderEvaluation.Run(model, turned, HeldOut.Test, CancellationToken.None));
        var missed = RecommenderEvaluation.Run(model, unknown, HeldOut.Test, CancellationToken.None);
        Assert.Equal(41, missed.Model.Cases);
        Assert.Equal(expected.Model.Ndcg * 40 / 41, missed.Model.Ndcg, 1e-9);

        var floor = FloorEvaluation.Run(same, HeldOut.Test, new CountsOptions(), new FakeTimeProvider(), CancellationToken.None);
        var figures = expected.Figures("rings", floor).ToArray();
        Assert.Contains(figures, figure => figure is { Name: "rings", Metric: "ndcg@10", Peer: "rings.counts" });
        Assert.DoesNotContain(figures, figure => figure.Peer?.StartsWith("published", StringComparison.Ordinal) == true);
    }

    private static InteractionSet Set(int[][] sequences, Func<int, int> workOf) => new("rings", sequences, SmallSequences.Items + 1)
    {
        WorkIds = [.. Enumerable.Range(0, SmallSequences.Items).Select(item => $"work-{workOf(item)}"), "a work of tomorrow"],
    };
}
