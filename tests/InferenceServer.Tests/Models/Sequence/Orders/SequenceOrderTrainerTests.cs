using KpGrpc.InferenceServer.Evaluation;
using KpGrpc.InferenceServer.Models.Sequence.Orders;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Torch;
using KpGrpc.InferenceServer.Training;
using KpGrpc.InferenceServer.Training.Orders;
using KpGrpc.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace KpGrpc.InferenceServer.Tests.Models.Sequence.Orders;

public sealed class SequenceOrderTrainerTests : IDisposable
{
    private static readonly Dictionary<string, string> SmallOptions = new()
    {
        ["width"] = "16", ["inner_width"] = "32", ["blocks"] = "1", ["length"] = "16", ["sampled_works"] = "0", ["learning_rate"] = "0.01",
    };

    private readonly TemporaryDirectory folder = new();
    private readonly TorchRuntime runtime = new(Options.Create(new TorchOptions { Device = "cpu" }), NullLogger<TorchRuntime>.Instance);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Train_OwnEvents_PublishesAVersionThatIsMeasuredBesideTheCounts()
    {
        var published = Trainer().Train(Order(SmallOptions), new Progress(), CancellationToken.None);

        Assert.Equal(("recommender", "v1", "events"), (published.Card.Name, published.Card.Version, published.Card.Dataset));
        var figures = new SequenceOrderEvaluator(runtime, _ => Events(), TimeProvider.System)
            .Evaluate(published, new EvaluationOrder(null, DataPart.Validation, SamplesMax: 20), CancellationToken.None);
        Assert.Equal(["hr@10", "ndcg@10"], figures.Metrics.Keys.Order());
        Assert.Equal(20, figures.Metrics["hr@10"].Samples);
        Assert.Equal("counts", figures.FloorName);
        Assert.InRange(figures.Floor["ndcg@10"].Value, 0.01, 1);
    }

    [Fact]
    public void Train_OptionThatIsNoNumber_NamesIt()
    {
        var failure = Assert.Throws<TrainingException>(() => Trainer().Train(Order(new() { ["width"] = "wide" }), new Progress(), CancellationToken.None));

        Assert.Contains("options[width]", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_TrainingPart_IsRefused() => Assert.Throws<TrainingException>(() =>
        new SequenceOrderEvaluator(runtime, _ => Events(), TimeProvider.System)
            .Evaluate(new ModelFolder(folder.Path, null!), new EvaluationOrder(null, DataPart.Train, 0), CancellationToken.None));

    private static InteractionSet Events() => new("events", SmallSequences.Rings(40), SmallSequences.Items)
    {
        WorkIds = [.. Enumerable.Range(0, SmallSequences.Items).Select(item => $"work-{item}")],
    };

    private SequenceOrderTrainer Trainer() => new(new ModelFolders(folder.Combine("models")), runtime, _ => Events(), TimeProvider.System);

    private TrainingOrder Order(Dictionary<string, string> options) => new(
        "recommender", "v1", Dataset: null, "events", BaseVersion: null, options, Seed: 3, EpochsMax: 2, "cpu", folder.Combine("work"));

    private sealed class Progress : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
        }
    }
}
