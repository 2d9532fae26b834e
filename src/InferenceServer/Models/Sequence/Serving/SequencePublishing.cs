using KpGrpc.InferenceServer.Evaluation;
using KpGrpc.InferenceServer.Models.Sequence.Training;
using KpGrpc.InferenceServer.Registry;

namespace KpGrpc.InferenceServer.Models.Sequence.Serving;

/// <summary>Makes a trained recommender a version of the registry.</summary>
internal static class SequencePublishing
{
    /// <summary>Publishes a model, which stays the caller's.</summary>
    /// <param name="folders">The registry's folder.</param>
    /// <param name="model">The model.</param>
    /// <param name="name">Name of the model.</param>
    /// <param name="version">Name of the version.</param>
    /// <param name="dataset">Data that it was trained on.</param>
    /// <param name="figures">Its figures on the validation items.</param>
    /// <param name="publishedAt">Now.</param>
    /// <exception cref="ModelFaultException">The version exists.</exception>
    public static ModelFolder Publish(
        ModelFolders folders, SequenceModel model, string name, string version, string dataset, RankingMetrics figures, DateTimeOffset publishedAt)
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
            GateMetric = SequenceTrainer.GateMetric,
            Metrics = SequenceTrainer.Named(figures).ToDictionary(metric => metric.Key, metric => new CardMetric(metric.Value, figures.Cases)),
            WeightsFile = SequenceModelFile.WeightsFile,
        };
        return folders.Publish(card, folder =>
        {
            SequenceModelFile.Save(folder, model);
            SequenceGolden.Save(folder, model);
        });
    }
}
