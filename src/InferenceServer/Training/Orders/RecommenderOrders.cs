using KpGrpc.InferenceServer.Evaluation;
using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Counts;
using KpGrpc.InferenceServer.Models.Sequence;
using KpGrpc.InferenceServer.Models.Sequence.Serving;
using KpGrpc.InferenceServer.Models.Sequence.Training;
using KpGrpc.InferenceServer.Recommending;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Torch;

namespace KpGrpc.InferenceServer.Training.Orders;

/// <summary>Orders for the transformer recommender: from files of histories, or from the server's own events.</summary>
internal sealed class RecommenderOrders(ModelFolders folders, EventInteractions events, TorchRuntime torch, TimeProvider time) : IModelTrainer, IModelEvaluator
{
    /// <inheritdoc />
    public string Model => "recommender";

    /// <inheritdoc />
    public string Kind => SequenceLoader.KindName;

    /// <inheritdoc />
    public IReadOnlyDictionary<string, string> Options { get; } =
        NamedOptions.Describe(typeof(SequenceTrainerOptions), nameof(SequenceTrainerOptions.Seed), nameof(SequenceTrainerOptions.EpochsMax));

    /// <inheritdoc />
    public ModelFolder Train(TrainingOrder order, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        if (order.BaseVersion is not null)
        {
            throw new OrderException(OrderFault.Malformed, "base", "a recommender is trained from scratch: its embeddings belong to the works of its data");
        }

        var options = new SequenceTrainerOptions { Seed = order.Seed };
        NamedOptions.Apply(options, order.Options);
        options.EpochsMax = order.EpochsMax > 0 ? order.EpochsMax : options.EpochsMax;
        var set = Read(order.Dataset, order.DatasetName, cancellationToken);
        var data = order.Dataset is null ? TrainingData.ForService(set) : TrainingData.ForEvaluation(set);
        var (model, figures) = new SequenceTrainer(options, torch.DeviceFor(order.Device), time).Train(data, order.WorkFolder, progress, cancellationToken);
        using (model)
        {
            var floor = SequenceTrainer.Floor(model, data, cancellationToken);
            return SequencePublishing.Publish(folders, model, order.Model, order.Version, set.Name, figures, floor, time.GetUtcNow());
        }
    }

    /// <inheritdoc />
    public EvaluationFigures Evaluate(ModelFolder folder, EvaluationOrder order, CancellationToken cancellationToken)
    {
        if (order.Part == DataPart.Train)
        {
            throw new OrderException(OrderFault.Malformed, "split", "a recommender is measured on the validation or the test items");
        }

        var part = order.Part == DataPart.Validation ? HeldOut.Validation : HeldOut.Test;
        var set = Limited(Read(order.Dataset, folder.Card.Dataset, cancellationToken), order.SamplesMax);
        using var model = SequenceModelFile.Load(folder.Path, torch.DeviceFor(order.Device));
        var figures = RecommenderEvaluation.Run(model, set, part, cancellationToken).Model;
        var floor = FloorEvaluation.Run(set, part, new CountsOptions(), time, cancellationToken).Counts;
        return new EvaluationFigures(Named(figures), new Dictionary<string, IReadOnlyDictionary<string, CardMetric>>(), "counts", Named(floor));
    }

    private static Dictionary<string, CardMetric> Named(RankingMetrics figures) =>
        SequenceTrainer.Named(figures).ToDictionary(metric => metric.Key, metric => new CardMetric(metric.Value, figures.Cases));

    private static InteractionSet Limited(InteractionSet set, long most) =>
        most > 0 && most < set.Sequences.Count ? set with { Sequences = [.. set.Sequences.Take((int)most)] } : set;

    private InteractionSet Read(string? dataset, string name, CancellationToken cancellationToken)
    {
        try
        {
            var set = dataset is null
                ? events.Gather(name, cancellationToken)
                : InteractionSet.Of(name, HistoryReader.Read(dataset, HistoryFormat.Auto, EventKind.View, new ImportReport(dataset)));
            return set.Interactions > 0 ? set : throw new TrainingException($"{name} holds no interaction.");
        }
        catch (ImportException failure)
        {
            throw new TrainingException(failure.Message);
        }
    }
}
