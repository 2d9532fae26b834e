using KpGrpc.InferenceServer.Models.Tagging.Data;
using KpGrpc.InferenceServer.Models.Tagging.Spans;
using KpGrpc.InferenceServer.Models.Tagging.Training;
using KpGrpc.InferenceServer.Tests.Torch;
using KpGrpc.InferenceServer.Training;
using KpGrpc.Testing;

namespace KpGrpc.InferenceServer.Tests.Models.Tagging.Training;

public sealed class TaggerTrainerTests(LoadedTorch torchLoaded) : IClassFixture<LoadedTorch>, IDisposable
{
    private static readonly TaggedSplit Split = new(Texts(0, 160), Texts(1000, 30));

    private readonly TemporaryDirectory folder = new();

    /// <inheritdoc />
    public void Dispose() => folder.Dispose();

    [Fact]
    public void Train_SmallLanguage_IsLearned()
    {
        var (best, _, _) = Train("a", Options(16), CancellationToken.None);

        Assert.InRange(best, 0.95, 1);
    }

    [Fact]
    public void Train_WithoutCrf_IsLearnedToo()
    {
        var options = Options(12);
        options.Crf = false;
        options.Scheme = TagScheme.Bio;
        options.RelativePositions = false;

        Assert.InRange(Train("a", options, CancellationToken.None).Best, 0.9, 1);
    }

    [Fact]
    public void Train_Twice_GivesTheSameWeights()
    {
        var options = Options(2);
        options.PretrainEpochs = 1;

        Assert.Equal(Train("a", options, CancellationToken.None).Weights, Train("b", options, CancellationToken.None).Weights);
    }

    [Fact]
    public void Train_InterruptedAndResumed_GivesTheWeightsOfOneRun()
    {
        var options = Options(3);
        var whole = Train("a", options, CancellationToken.None);
        using var stop = new CancellationTokenSource();

        Assert.Throws<OperationCanceledException>(() => Train("b", options, stop.Token, new StopAfter(stop, epoch: 1)));
        var resumed = Train("b", options, CancellationToken.None);

        Assert.Equal(whole.Weights, resumed.Weights);
        Assert.Equal(whole.Best, resumed.Best);
        Assert.True(File.Exists(folder.Combine("b", "tag.checkpoint.safetensors")));
    }

    /// <summary>A scalar that the collector frees during a native call would throw, or change a weight.</summary>
    [Fact]
    public void Train_WhileTheCollectorRuns_GivesTheSameWeights()
    {
        var options = Options(1);
        options.PretrainEpochs = 1;
        var calm = Train("a", options, CancellationToken.None).Weights;
        using var stop = new CancellationTokenSource();
        var collector = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        })
        { Name = "collector", IsBackground = true };
        collector.Start();

        try
        {
            Assert.Equal(calm, Train("b", options, CancellationToken.None).Weights);
        }
        finally
        {
            stop.Cancel();
            collector.Join();
        }
    }

    [Fact]
    public void Train_OtherOptionsInTheSameFolder_IsRefused()
    {
        Train("a", Options(1), CancellationToken.None);
        var other = Options(1);
        other.LearningRate = 1e-4;

        Assert.Contains("another training", Assert.Throws<TrainingException>(() => Train("a", other, CancellationToken.None)).Message, StringComparison.Ordinal);
    }

    private static TaggerTrainingOptions Options(int epochs) => new()
    {
        Layers = 1,
        Hidden = 32,
        Heads = 2,
        Intermediate = 32,
        Epochs = epochs,
        BatchSize = 8,
        LearningRate = 5e-3,
        OccurrencesMin = 1,
        TokensMax = 32,
        AverageDecay = 0.9,
    };

    /// <summary>A language in which a name follows 我叫, and a place 住在.</summary>
    private static List<TaggedText> Texts(int from, int count)
    {
        var texts = new List<TaggedText>();
        for (var index = from; index < from + count; index++)
        {
            var random = new SeededRandom(3, "text", index);
            string Draw(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => "甲乙丙丁戊己庚辛"[random.Below(8)]));
            var (name, place) = (Draw(1 + random.Below(3)), Draw(2));
            texts.Add(new TaggedText(
                $"我叫{name}，住在{place}。", [new Span(2, 2 + name.Length, "name"), new Span(5 + name.Length, 7 + name.Length, "place")]));
        }

        return texts;
    }

    private (double Best, float[] Weights, int Epoch) Train(
        string name, TaggerTrainingOptions options, CancellationToken cancellationToken, IProgress<TrainingProgress>? progress = null)
    {
        var trainer = new TaggerTrainer(options, folder.Combine(name), TimeProvider.System, progress ?? new StopAfter(null, 0));
        using var model = trainer.Fresh(Split, ["我叫甲，住在乙丙。"], null, torchLoaded.Device);
        var (best, epoch) = trainer.Train(model, Split, ["我叫甲，住在乙丙。"], cancellationToken);
        return (best, [.. model.Network.Tree.Weights.OrderBy(weight => weight.Key, StringComparer.Ordinal).SelectMany(weight => weight.Value.data<float>())], epoch);
    }

    private sealed class StopAfter(CancellationTokenSource? stop, int epoch) : IProgress<TrainingProgress>
    {
        /// <inheritdoc />
        public void Report(TrainingProgress value)
        {
            if (value.Stage == TrainingStage.Checkpointed && value.Epoch == epoch)
            {
                stop?.Cancel();
            }
        }
    }
}
