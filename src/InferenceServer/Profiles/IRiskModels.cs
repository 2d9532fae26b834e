using KpGrpc.InferenceServer.Histories;

namespace KpGrpc.InferenceServer.Profiles;

/// <summary>Predicts learners by the models that are loaded at the moment. Thread-safe.</summary>
internal interface IRiskModels
{
    /// <summary>Probability that the learner leaves; null where no model is loaded.</summary>
    /// <param name="history">Not empty.</param>
    /// <param name="at">Now, in Unix milliseconds.</param>
    RiskPrediction? Churn(LearnerHistory history, long at);

    /// <summary>Probability that the learner pays; null where no model is loaded.</summary>
    /// <param name="history">Not empty.</param>
    /// <param name="at">Now, in Unix milliseconds.</param>
    RiskPrediction? Conversion(LearnerHistory history, long at);
}
