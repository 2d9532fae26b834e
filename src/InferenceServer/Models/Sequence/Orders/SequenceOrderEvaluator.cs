using KpGrpc.InferenceServer.Evaluation;
using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Counts;
using KpGrpc.InferenceServer.Models.Sequence.Serving;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Torch;
using KpGrpc.InferenceServer.Torch.Safetensors;
using KpGrpc.InferenceServer.Training;
using KpGrpc.InferenceServer.Training.Orders;

namespace KpGrpc.InferenceServer.Models.Sequence.Orders;

/// <summary>Measures recommenders beside the counts for those who order it over the network.</summary>
/// <param name="runtime">Devices.</param>
/// <param name="events">The server's own histories.</param>
/// <param name="time">Clock.</param>
internal sealed class SequenceOrderEvaluator(TorchRuntime runtime, Func<CancellationToken, InteractionSet> events, TimeProvider time) : IModelEvaluator
{
    /// <inheritdoc />
    public string Kind => SequenceLoader.KindName;

    /// <inheritdoc />
    public EvaluationFigures Evaluate(ModelFolder folder, EvaluationOrder order, CancellationToken cancellationToken)
    {
        var part = order.Part switch
        {
            DataPart.Validation => HeldOut.Validation,
            DataPart.Test => HeldOut.Test,
            _ => throw new TrainingException("a recommender is measured on the validation or the test part: it knows the training part by heart"),
        };
        try
        {
            var set = Limited(SetOf(order, cancellationToken), order.SamplesMax);
            using var model = SequenceModelFile.Load(folder.Path, runtime.Device);
            var figures = RecommenderEvaluation.Run(model, set, part, cancellationToken).Model;
            var floor = FloorEvaluation.Run(set, part, new CountsOptions(), time, cancellationToken).Counts;
            return new EvaluationFigures(Named(figures), new Dictionary<string, IReadOnlyDictionary<string, CardMetric>>(), "counts", Named(floor));
        }
        catch (Exception failure) when (failure is SequenceModelException or SafetensorsException or ImportException)
        {
            throw new TrainingException(failure.Message, failure);
        }
    }

    private static Dictionary<string, CardMetric> Named(RankingMetrics figures) =>
        Training.SequenceTrainer.Named(figures).ToDictionary(metric => metric.Key, metric => new CardMetric(metric.Value, figures.Cases));

    private static InteractionSet Limited(InteractionSet set, long samplesMax) =>
        samplesMax > 0 && samplesMax < set.Sequences.Count ? set with { Sequences = [.. set.Sequences.Take((int)samplesMax)] } : set;

    private InteractionSet SetOf(EvaluationOrder order, CancellationToken cancellationToken)
    {
        if (order.Dataset is not { } path)
        {
            return events(cancellationToken);
        }

        return InteractionSet.Of(Path.GetFileNameWithoutExtension(path), HistoryReader.Read(path, HistoryFormat.Auto, EventKind.View, new ImportReport(path)));
    }
}
