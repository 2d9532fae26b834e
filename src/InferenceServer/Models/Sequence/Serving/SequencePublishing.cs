using KpGrpc.InferenceServer.Evaluation;
using KpGrpc.InferenceServer.Models.Sequence.Training;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Registry.Loading;

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
    /// <param name="floor">The counts' figures on the same items; null where they were not measured.</param>
    /// <param name="publishedAt">Now.</param>
    /// <exception cref="ModelFaultException">The version exists.</exception>
    public static ModelFolder Publish(
        ModelFolders folders, SequenceModel model, string name, string version, string dataset, RankingMetrics figures, RankingMetrics? floor,
        DateTimeOffset publishedAt)
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
            Metrics = Metrics(figures, floor),
            WeightsFile = SequenceModelFile.WeightsFile,
        };
        return folders.Publish(card, folder =>
        {
            SequenceModelFile.Save(folder, model);
            SequenceGolden.Save(folder, model);
        });
    }

    private static SortedDictionary<string, CardMetric> Metrics(RankingMetrics figures, RankingMetrics? floor)
    {
        var metrics = new SortedDictionary<string, CardMetric>(StringComparer.Ordinal);
        foreach (var (name, value) in SequenceTrainer.Named(figures))
        {
            metrics.Add(name, new CardMetric(value, figures.Cases));
        }

        if (floor is { } simple)
        {
            foreach (var (name, value) in SequenceTrainer.Named(simple))
            {
                metrics.Add(GateCheck.FloorPrefix + name, new CardMetric(value, simple.Cases));
            }
        }

        return metrics;
    }
}
