using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Tagging;
using KpGrpc.InferenceServer.Models.Tagging.Checkpoints;
using KpGrpc.InferenceServer.Models.Tagging.Data;
using KpGrpc.InferenceServer.Models.Tagging.Serving;
using KpGrpc.InferenceServer.Models.Tagging.Spans;
using KpGrpc.InferenceServer.Models.Tagging.Training;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Torch;

namespace KpGrpc.InferenceServer.Training.Orders;

/// <summary>Orders for the profile tagger: files of tagged texts.</summary>
internal sealed class TaggerOrders(ModelFolders folders, TorchRuntime torch, TimeProvider time) : IModelTrainer, IModelEvaluator
{
    private const string GateMetric = "macro_f1";

    /// <inheritdoc />
    public string Model => "tagger";

    /// <inheritdoc />
    public string Kind => TaggerLoader.KindName;

    /// <inheritdoc />
    public IReadOnlyDictionary<string, string> Options { get; } =
        NamedOptions.Describe(typeof(TaggerTrainingOptions), nameof(TaggerTrainingOptions.Seed), nameof(TaggerTrainingOptions.Epochs));

    /// <inheritdoc />
    public ModelFolder Train(TrainingOrder order, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        var options = new TaggerTrainingOptions { Seed = order.Seed };
        NamedOptions.Apply(options, order.Options);
        options.Epochs = order.EpochsMax > 0 ? order.EpochsMax : options.Epochs;
        var split = TaggedSplit.Of(Read(order.Dataset), options.ValidationShare, options.Seed);
        var device = torch.DeviceFor(order.Device);
        var trainer = new TaggerTrainer(options, order.WorkFolder, time, progress);
        using var model = order.BaseVersion is { } start
            ? TaggerFolder.Read(folders.Open(order.Model, start).Path, device)
            : trainer.Fresh(split, [], null, device);
        var (best, _) = trainer.Train(model, split, [], cancellationToken);
        var checkpoint = Path.Combine(order.WorkFolder, "checkpoint");
        TaggerFolder.Write(checkpoint, model);
        return TaggerPublishing.Publish(folders, checkpoint, new ModelCard
        {
            Name = order.Model,
            Version = order.Version,
            Task = ModelTask.Tagging,
            Kind = TaggerLoader.KindName,
            PublishedAt = time.GetUtcNow(),
            Dataset = order.DatasetName,
            CodeVersion = typeof(TaggerOrders).Assembly.GetName().Version?.ToString(3) ?? "",
            Metrics = new Dictionary<string, CardMetric> { [GateMetric] = new(best, split.Validation.Count) },
            GateMetric = GateMetric,
        });
    }

    /// <inheritdoc />
    public EvaluationFigures Evaluate(ModelFolder folder, EvaluationOrder order, CancellationToken cancellationToken)
    {
        var texts = Read(order.Dataset);
        using var runner = new TaggerRunner(TaggerFolder.Read(folder.Path, torch.DeviceFor(order.Device)));
        var scores = TaggerEvaluator.Run(runner, order.SamplesMax > 0 ? [.. texts.Take((int)order.SamplesMax)] : texts, cancellationToken);
        var all = Named(scores.Micro, "micro_").Concat(Named(scores.Macro, "macro_")).Concat(Named(scores.Weighted, "weighted_"));
        return new EvaluationFigures(
            all.ToDictionary(),
            scores.Labels.ToDictionary(label => label.Label, label => (IReadOnlyDictionary<string, CardMetric>)Named(label, "").ToDictionary()),
            "",
            new Dictionary<string, CardMetric>());
    }

    private static Dictionary<string, CardMetric> Named(LabelScore score, string prefix) => new()
    {
        [$"{prefix}precision"] = new(score.Precision, score.Support),
        [$"{prefix}recall"] = new(score.Recall, score.Support),
        [$"{prefix}f1"] = new(score.F1, score.Support),
    };

    private static List<TaggedText> Read(string? dataset)
    {
        if (dataset is null)
        {
            throw new OrderException(OrderFault.Malformed, "dataset", "must name a file of tagged texts: the server's own events hold none");
        }

        try
        {
            return TaggedTextReader.Read(dataset, TaggedFormat.Auto, new ImportReport(dataset));
        }
        catch (ImportException failure)
        {
            throw new TrainingException(failure.Message);
        }
    }
}
