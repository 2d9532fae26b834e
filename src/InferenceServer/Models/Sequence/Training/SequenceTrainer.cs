using KpGrpc.InferenceServer.Evaluation;
using KpGrpc.InferenceServer.Models.Counts;
using KpGrpc.InferenceServer.Torch;
using KpGrpc.InferenceServer.Torch.Safetensors;
using KpGrpc.InferenceServer.Training;
using KpGrpc.InferenceServer.Training.TensorBoard;
using static TorchSharp.torch;

namespace KpGrpc.InferenceServer.Models.Sequence.Training;

/// <summary>
/// Trains a recommender from histories: counts first, then the network, measured with the counts after every few epochs;
/// the weights of the best epoch by validation NDCG@10 are kept. One training at a time an object.
/// </summary>
/// <param name="options">Settings; read, not changed.</param>
/// <param name="device">Where it trains.</param>
/// <param name="time">Clock of reports and event files.</param>
internal sealed class SequenceTrainer(SequenceTrainerOptions options, Device device, TimeProvider time)
{
    /// <summary>Name of the metric that the best epoch is chosen by.</summary>
    public const string GateMetric = "ndcg@10";

    private const string HitMetric = "hr@10";
    private const int ListLength = 10;
    private const string CheckpointFile = "checkpoint.safetensors";
    private const string BestFile = "best.safetensors";

    /// <summary>Trains, or goes on from the folder's checkpoint.</summary>
    /// <param name="data">Histories and validation cases.</param>
    /// <param name="folder">Folder for checkpoints and event files; made.</param>
    /// <param name="progress">Gets reports about once a second, from this thread.</param>
    /// <param name="cancellationToken">Stops between steps; what was reached at the last epoch's end is in the checkpoint.</param>
    /// <returns>The model and its validation figures; the caller disposes the model.</returns>
    /// <exception cref="TrainingException">The data cannot be trained on, or the checkpoint is another training's.</exception>
    public (SequenceModel Model, RankingMetrics Validation) Train(
        TrainingData data, string folder, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        SequenceRules.Check(options);
        if (!data.Histories.Any(history => history.Length > 1))
        {
            throw new TrainingException($"{data.Name} has no history of two works or more; there is nothing to learn an order from.");
        }

        progress.Report(new TrainingProgress { Stage = TrainingStage.Preparing, EpochsMax = options.EpochsMax, Message = $"{data.WorkIds.Count} works, {data.Histories.Count} histories" });
        var counts = CountsTrainer.Train(data.Histories, data.WorkIds.Count, new CountsOptions(), cancellationToken);
        using var random = new TorchRandom(device);
        random.Reseed(SeededRandom.SeedOf(options.Seed, "weights", 0));
        var network = new SequenceNetwork(SequenceTrainingRun.ShapeOf(options, data.WorkIds.Count), device, random);
        try
        {
            using var run = new SequenceTrainingRun(network, counts, data, options, random, time, cancellationToken);
            using var events = new EventFileWriter(Path.Combine(folder, "events"), time);
            var (prior, figures) = run.Run(Path.Combine(folder, CheckpointFile), Path.Combine(folder, BestFile), events, progress, cancellationToken);
            return (new SequenceModel(network, counts, prior, data.WorkIds), figures);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Figures of a validation under their names.</summary>
    public static IReadOnlyDictionary<string, double> Named(RankingMetrics figures) => new SortedDictionary<string, double>(StringComparer.Ordinal)
    {
        [HitMetric] = figures.HitRate,
        [GateMetric] = figures.Ndcg,
    };

    /// <summary>What the counts alone reach on the validation cases: what a version must not fall below.</summary>
    public static RankingMetrics Floor(SequenceModel model, TrainingData data, CancellationToken cancellationToken) =>
        FullRankEvaluator.Evaluate(new CountsScorer(model.Counts), data.Validation, data.WorkIds.Count, ListLength, cancellationToken);

    /// <summary>The best choice of the prior by NDCG on validation; the first of equals.</summary>
    internal static (PriorWeights Prior, RankingMetrics Figures) Best(
        SequenceValidation validation, TrainingData data, IReadOnlyList<PriorWeights> choices, CancellationToken cancellationToken)
    {
        var figures = validation.Run(data.Validation, choices, ListLength, cancellationToken);
        return choices.Zip(figures).MaxBy(pair => pair.Second.Ndcg);
    }

    /// <summary>Fills a network with the weights that <see cref="SaveWeights"/> wrote.</summary>
    internal static void LoadWeights(SequenceNetwork network, string path)
    {
        using var reader = new SafetensorsReader(path);
        foreach (var (name, tensor) in network.state_dict())
        {
            reader.ReadInto(name, tensor);
        }
    }

    /// <summary>Writes a network's weights.</summary>
    internal static void SaveWeights(SequenceNetwork network, string path) => SafetensorsWriter.WriteFile(path, network.state_dict());
}
