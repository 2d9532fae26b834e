using System.Globalization;
using KpGrpc.InferenceServer.Models.Propensity.Learners;
using KpGrpc.InferenceServer.Registry;

namespace KpGrpc.InferenceServer.Models.Propensity.Serving;

/// <summary>Publishes a trained model as a version.</summary>
internal static class PropensityPublishing
{
    private const string GateMetric = "auc";

    /// <summary>Publishes the model; its gate is the AUC on left-out rows.</summary>
    /// <param name="root">Folder of all models.</param>
    /// <param name="name">Name of the model.</param>
    /// <param name="version">Name of the version; null = the time.</param>
    /// <param name="risk">What it predicts.</param>
    /// <param name="dataset">Name of the data.</param>
    /// <param name="model">The model.</param>
    /// <param name="now">Time of publication.</param>
    /// <exception cref="ModelFaultException">The version exists, or a name breaks a rule.</exception>
    public static ModelFolder Publish(string root, string name, string? version, RiskKind risk, string dataset, PropensityModel model, DateTimeOffset now)
    {
        var card = new ModelCard
        {
            Name = name,
            Version = version ?? now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture),
            Task = risk == RiskKind.Churn ? ModelTask.Churn : ModelTask.Conversion,
            Kind = PropensityLoader.KindName,
            PublishedAt = now,
            Dataset = dataset,
            CodeVersion = typeof(PropensityPublishing).Assembly.GetName().Version?.ToString(3) ?? "",
            Labels = [model.Card.Task],
            Metrics = new Dictionary<string, CardMetric> { [GateMetric] = new(model.Card.Auc, model.Card.Rows) },
            GateMetric = GateMetric,
            WeightsFile = PropensityFile.Name,
        };
        return new ModelFolders(root).Publish(card, folder =>
        {
            PropensityFile.Write(Path.Combine(folder, PropensityFile.Name), model);
            PropensityGolden.Save(folder, model);
        });
    }
}
