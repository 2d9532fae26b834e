using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Tests.Registry;
using KpGrpc.InferenceServer.Training;
using KpGrpc.InferenceServer.Training.Orders;
using KpGrpc.Testing;

namespace KpGrpc.InferenceServer.Tests.Training.Orders;

/// <summary>Trains a number: three epochs, each with a checkpoint from which the next training goes on.</summary>
internal sealed class FakeTrainer(ModelFolders folders) : IModelTrainer, IModelEvaluator
{
    private const int Epochs = 3;

    public string Model => "scale";

    public string Kind => FakeLoader.KindName;

    public List<int> EpochsDone { get; } = [];

    public ManualResetEventSlim Gate { get; } = new(initialState: true);

    public IReadOnlyDictionary<string, string> Options { get; } = new Dictionary<string, string> { ["factor"] = "Single" };

    public ModelFolder Train(TrainingOrder order, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        var checkpoint = Path.Combine(order.WorkFolder, "epoch");
        var first = File.Exists(checkpoint) ? int.Parse(File.ReadAllText(checkpoint), System.Globalization.CultureInfo.InvariantCulture) + 1 : 1;
        for (var epoch = first; epoch <= Epochs; epoch++)
        {
            Assert.True(Gate.Wait(TimeLimit.Default, cancellationToken), "the gate stayed closed");
            cancellationToken.ThrowIfCancellationRequested();
            EpochsDone.Add(epoch);
            File.WriteAllText(checkpoint, $"{epoch}");
            progress.Report(new TrainingProgress { Stage = TrainingStage.Training, Epoch = epoch, EpochsMax = Epochs, Loss = 1.0 / epoch });
        }

        var factor = order.Options.TryGetValue("factor", out var text) ? float.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : 1;
        return factor > 0 ? FakeLoader.Publish(folders, order.Model, order.Version, factor, metric: factor) : throw new TrainingException("a factor must be above 0");
    }

    public EvaluationFigures Evaluate(ModelFolder folder, EvaluationOrder order, CancellationToken cancellationToken) => new(
        new Dictionary<string, CardMetric> { ["accuracy"] = new(0.5, order.SamplesMax) },
        new Dictionary<string, IReadOnlyDictionary<string, CardMetric>> { ["even"] = new Dictionary<string, CardMetric> { ["f1"] = new(0.25) } },
        "counts",
        new Dictionary<string, CardMetric> { ["accuracy"] = new(0.1) });
}
