using KpGrpc.InferenceServer.Evaluation;
using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Sequence.Serving;
using KpGrpc.InferenceServer.Models.Sequence.Training;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Torch;
using KpGrpc.InferenceServer.Torch.Safetensors;
using KpGrpc.InferenceServer.Training;
using KpGrpc.InferenceServer.Training.Orders;

namespace KpGrpc.InferenceServer.Models.Sequence.Orders;

/// <summary>Trains the recommender for those who order it over the network.</summary>
/// <param name="folders">Where versions are published.</param>
/// <param name="runtime">Devices.</param>
/// <param name="events">The server's own histories.</param>
/// <param name="time">Clock.</param>
internal sealed class SequenceOrderTrainer(ModelFolders folders, TorchRuntime runtime, Func<CancellationToken, InteractionSet> events, TimeProvider time) : IModelTrainer
{
    /// <inheritdoc />
    public string Model => "recommender";

    /// <inheritdoc />
    public IReadOnlyDictionary<string, string> Options => SequenceOrderOptions.Meanings;

    /// <inheritdoc />
    public ModelFolder Train(TrainingOrder order, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        if (order.BaseVersion is not null)
        {
            throw new TrainingException("the recommender is trained from scratch; leave base empty");
        }

        try
        {
            var trainer = new SequenceTrainer(SequenceOrderOptions.Of(order), runtime.DeviceFor(order.Device), time);
            var (model, figures) = trainer.Train(DataOf(order, cancellationToken), order.WorkFolder, progress, cancellationToken);
            using (model)
            {
                return SequencePublishing.Publish(folders, model, order.Model, order.Version, order.DatasetName, figures, time.GetUtcNow());
            }
        }
        catch (Exception failure) when (failure is SequenceModelException or SafetensorsException or ImportException or TorchUnavailableException)
        {
            throw new TrainingException(failure.Message, failure);
        }
    }

    /// <summary>A file keeps its last works for an evaluation; the server's own events are all learned from but one a learner.</summary>
    private TrainingData DataOf(TrainingOrder order, CancellationToken cancellationToken)
    {
        if (order.Dataset is not { } path)
        {
            return TrainingData.ForService(events(cancellationToken) with { Name = order.DatasetName });
        }

        var report = new ImportReport(path);
        return TrainingData.ForEvaluation(InteractionSet.Of(order.DatasetName, HistoryReader.Read(path, HistoryFormat.Auto, EventKind.View, report)));
    }
}
