using KpGrpc.InferenceServer.Models.Sequence;
using KpGrpc.InferenceServer.Models.Sequence.Training;
using KpGrpc.InferenceServer.Tests.Torch;
using KpGrpc.InferenceServer.Training;
using KpGrpc.Testing;
using TorchSharp;

namespace KpGrpc.InferenceServer.Tests.Models.Sequence.Training;

public sealed class SequenceTrainerTests : IClassFixture<LoadedTorch>, IDisposable
{
    private static readonly int[][] Histories = SmallSequences.Rings(60);

    private readonly TemporaryDirectory folder = new();

    public SequenceTrainerTests(LoadedTorch torchLoaded) => Assert.NotNull(torchLoaded.Device);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Train_HistoriesWithAnOrder_FindsTheNextWork(bool besideCounts)
    {
        var options = SmallSequences.Options();
        options.EpochsMax = 12;
        options.BesideCounts = besideCounts;
        var reports = new List<TrainingProgress>();

        var (model, figures) = Train(options, "learn", new Collected(reports), TestContext.Current.CancellationToken);

        using (model)
        {
            Assert.InRange(figures.HitRate, 0.95, 1);
            Assert.Equal(TrainingStage.Preparing, reports[0].Stage);
            Assert.Equal((TrainingStage.Checkpointed, 12), (reports[^1].Stage, reports[^1].Epoch));
            Assert.Equal(["hr@10", "ndcg@10"], reports[^1].Metrics.Keys);
            Assert.NotEmpty(Directory.GetFiles(folder.Combine("learn", "events")));
        }
    }

    [Fact]
    public void Train_TwiceAndOnceInterrupted_GivesTheSameWeights()
    {
        var once = Weights(SmallSequences.Options(), "once");

        Assert.Equal(once, Weights(SmallSequences.Options(), "twice"));

        using var stop = new CancellationTokenSource();
        var untilSecondEpoch = new Reaction(report =>
        {
            if (report is { Stage: TrainingStage.Checkpointed, Epoch: 2 })
            {
                stop.Cancel();
            }
        });
        Assert.Throws<OperationCanceledException>(() => Train(SmallSequences.Options(), "interrupted", untilSecondEpoch, stop.Token));
        Assert.Equal(once, Weights(SmallSequences.Options(), "interrupted"));
    }

    [Fact]
    public void Train_OtherSeed_GivesOtherWeights()
    {
        var other = SmallSequences.Options();
        other.Seed = 7;

        Assert.NotEqual(Weights(SmallSequences.Options(), "one"), Weights(other, "other"));
    }

    [Fact]
    public void Train_NoBetterForThePatience_EndsEarlyWithTheBest()
    {
        var options = SmallSequences.Options();
        options.EpochsMax = 50;
        options.Patience = 2;
        var reports = new List<TrainingProgress>();

        var (model, figures) = Train(options, "early", new Collected(reports), TestContext.Current.CancellationToken);

        model.Dispose();
        Assert.InRange(reports[^1].Epoch, 3, 49);
        Assert.Equal(reports.Max(report => report.Metrics.GetValueOrDefault("ndcg@10")), figures.Ndcg, 1e-9);
    }

    [Fact]
    public void Train_NothingToLearnFrom_SaysSo()
    {
        var trainer = new SequenceTrainer(SmallSequences.Options(), torch.CPU, TimeProvider.System);
        var data = new TrainingData("single", [[1], [2]], [], ["a", "b", "c"]);

        var failure = Assert.Throws<TrainingException>(() => trainer.Train(data, folder.Combine("none"), new Collected([]), CancellationToken.None));

        Assert.Contains("single", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_SettingOutOfRange_NamesAllFaults()
    {
        var options = SmallSequences.Options();
        options.Width = 3;
        options.EpochsMax = 0;

        var failure = Assert.Throws<SequenceModelException>(() => Train(options, "faults", new Collected([]), TestContext.Current.CancellationToken));

        Assert.Contains("Width", failure.Message, StringComparison.Ordinal);
        Assert.Contains("EpochsMax", failure.Message, StringComparison.Ordinal);
        Assert.Contains("heads", failure.Message, StringComparison.Ordinal);
    }

    private (SequenceModel Model, InferenceServer.Evaluation.RankingMetrics Figures) Train(
        SequenceTrainerOptions options, string name, IProgress<TrainingProgress> progress, CancellationToken cancellationToken) =>
        new SequenceTrainer(options, torch.CPU, TimeProvider.System).Train(SmallSequences.Data(Histories), folder.Combine(name), progress, cancellationToken);

    private float[] Weights(SequenceTrainerOptions options, string name)
    {
        var (model, _) = Train(options, name, new Collected([]), TestContext.Current.CancellationToken);
        using (model)
        {
            return [.. model.Network.parameters().SelectMany(parameter => parameter.data<float>().ToArray())];
        }
    }

    private sealed class Collected(List<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => reports.Add(value);
    }

    private sealed class Reaction(Action<TrainingProgress> act) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => act(value);
    }
}
