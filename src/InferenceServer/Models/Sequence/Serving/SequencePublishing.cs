using KpGrpc.InferenceServer.Evaluation;
using KpGrpc.InferenceServer.Models.Sequence.Training;
using KpGrpc.InferenceServer.Registry;

namespace KpGrpc.InferenceServer.Models.Sequence.Serving;

/// <summary>Makes a trained recommender a version of the registry.</summary>
internal static class SequencePublishing
{
    /// <summary>Publishes a model with its validation figures and a golden set.</summary>
    /// <param name="folders">The registry's folder.</param>
    /// <param name="model">Stays the caller's.</param>
    /// <param name="name">Name of the model.</param>
    /// <param name="version">Name of the version.</param>
    /// <param name="dataset">Name of the data that it was trained on.</param>
    /// <param name="validation">Its figures on the validation part.</param>
    /// <param name="publishedAt">When.</param>
    /// <exception cref="ModelFaultException">The version exists, or a name breaks a rule.</exception>
    public static ModelFolder Publish(
        ModelFolders folders, SequenceModel model, string name, string version, string dataset, RankingMetrics validation, DateTimeOffset publishedAt)
    {
        var card = new ModelCard
        {
            Name = name,
            Version = version,
            Task = ModelTask.Recommendation,
            Kind = SequenceLoader.KindName,
            PublishedAt = publishedAt,
            Dataset = dataset,
            CodeVersion = typeof(SequencePublishing).Assembly.GetName().Version?.ToString(3) ?? "",
            Metrics = SequenceTrainer.Named(validation).ToDictionary(metric => metric.Key, metric => new CardMetric(metric.Value, validation.Cases)),
            GateMetric = SequenceTrainer.GateMetric,
            WeightsFile = SequenceModelFile.WeightsFile,
        };
        return folders.Publish(card, folder =>
        {
            SequenceModelFile.Save(folder, model);
            SequenceGolden.Save(folder, model);
        });
    }
}
