using KpGrpc.InferenceServer.Histories;
using KpGrpc.InferenceServer.Profiles;

namespace KpGrpc.InferenceServer.Models.Propensity.Learners;

/// <summary>The risk models in memory, each of which can be replaced or taken away at any time. Thread-safe; none at the start.</summary>
internal sealed class LoadedRiskModels : IRiskModels
{
    private RiskModel? churn;
    private RiskModel? conversion;

    /// <summary>Serves a model from now on; null takes it away. Predictions under way end with the model that they began with.</summary>
    public void Set(RiskKind kind, RiskModel? model)
    {
        if (kind == RiskKind.Churn)
        {
            Volatile.Write(ref churn, model);
        }
        else
        {
            Volatile.Write(ref conversion, model);
        }
    }

    /// <inheritdoc />
    public RiskPrediction? Churn(LearnerHistory history, long at) => Volatile.Read(ref churn)?.Predict(history, at);

    /// <inheritdoc />
    public RiskPrediction? Conversion(LearnerHistory history, long at) => Volatile.Read(ref conversion)?.Predict(history, at);
}
