using KpGrpc.InferenceServer.Histories;
using KpGrpc.InferenceServer.Models.Propensity.Learners;
using KpGrpc.InferenceServer.Profiles;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Registry.Serving;

namespace KpGrpc.InferenceServer.Models.Propensity.Serving;

/// <summary>
/// The registry's models of churn and conversion: the version that the learner's hash falls to. They compute in microseconds,
/// so on the caller's thread. A version that was trained on a file predicts no learner; it answers through the Open Inference
/// Protocol alone.
/// </summary>
internal sealed class RegisteredRisks(ModelCatalog catalog) : IRiskModels
{
    /// <inheritdoc />
    public RiskPrediction? Churn(string learnerId, LearnerHistory history, long at) => Predict(ModelTask.Churn, learnerId, history, at);

    /// <inheritdoc />
    public RiskPrediction? Conversion(string learnerId, LearnerHistory history, long at) => Predict(ModelTask.Conversion, learnerId, history, at);

    private RiskPrediction? Predict(ModelTask task, string learnerId, LearnerHistory history, long at)
    {
        using var lease = catalog.NameFor(task) is { } name ? catalog.TryLease(name, key: learnerId) : null;
        return lease?.Model is BatchedModel<float[], double> { Attachment: PropensityModel model } && LearnerRisk.IsFor(model)
            ? LearnerRisk.Predict(model, lease.Card.Name, lease.Card.Version, history, at)
            : null;
    }
}
